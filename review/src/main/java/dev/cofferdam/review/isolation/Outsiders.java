package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.routes.RightfulUse;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Snapshot;
import dev.cofferdam.review.web.Spill;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ISO-01 for everybody who is in no tenant: nobody, a forger, a stranger, and who was removed. */
public final class Outsiders {
  private Outsiders() {}

  public static List<Attack> all() {
    return List.of(
        Attack.amongOwn(
            "ISO-01.outsiders",
            "asks for everything of the victim's on every route without a session, with a forged one, with one"
                + " of no tenant, and with that of a member who was removed",
            Mode.NOISY,
            Set.of(Identity.NOBODY, Identity.STRANGER, Identity.FORMER_MEMBER),
            Outsiders::ask,
            NamedTenants::readsItsOwn,
            RightfulUse::works));
  }

  /** Somebody who asks, whom the server knows or does not. */
  private record Outsider(String called, Browser browser, @Nullable Resident known) {}

  private record Met(Outsider by, Asked asked) {}

  private static Verdict ask(Scene scene) throws SQLException {
    Web web = scene.web();
    Things theirs = web.things(scene.victim().id());
    Spill spill = new Spill(scene.victim().canary(), theirs);
    List<Met> all = new ArrayList<>();
    try (Session superuser = scene.asSuperuser()) {
      Snapshot before = Snapshot.of(superuser);
      for (Outsider outsider : outsiders(scene)) {
        for (Route route : web.swept()) {
          if (!isForbidden(web, route, outsider)) {
            continue;
          }
          Ask ask = web.probes().ask(route, theirs::first);
          Asked asked = new Asked(outsider.called(), route, ask, outsider.browser().ask(ask));
          all.add(new Met(outsider, asked));
          Optional<String> spilt = spill.in(ask, asked.reply());
          if (asked.reply().isDone() || spilt.isPresent()) {
            return new Verdict.Succeeded(
                asked.told() + spilt.map(what -> " with " + what).orElse(""));
          }
        }
      }
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      return changed.isEmpty()
          ? judged(all, Trail.of(superuser))
          : new Verdict.Succeeded("after refusals alone there is a change in " + changed);
    }
  }

  private static List<Outsider> outsiders(Scene scene) {
    Web web = scene.web();
    Resident nowhere = web.nowhere();
    Resident former = web.resident(scene.victim().id(), Part.FORMER);
    return List.of(
        new Outsider("nobody", web.nobody(), null),
        new Outsider("a forger", web.forged(), null),
        new Outsider("a stranger", web.as(nowhere), nowhere),
        new Outsider("a former member", web.as(former), former));
  }

  /** What is for persons is theirs too, if they are one; unless it names what is the victim's. */
  private static boolean isForbidden(Web web, Route route, Outsider outsider) {
    if (web.probes().isElsewhere(route) || route.access().equals("anyone")) {
      return false;
    }
    return outsider.known() == null
        || route.access().equals("tenant")
        || !web.probes().kinds(route).isEmpty();
  }

  private static Verdict judged(List<Met> all, Trail trail) {
    for (Met met : all) {
      Optional<String> undocumented = Denial.undocumented(met.asked());
      if (undocumented.isPresent()) {
        return new Verdict.Inconclusive(undocumented.get());
      }
      Resident known = met.by().known();
      Optional<String> fault =
          known == null
              ? strangers(met.asked(), trail)
              : Denial.unrecorded(met.asked(), known, trail);
      if (fault.isPresent()) {
        return new Verdict.Succeeded(fault.get());
      }
    }
    return new Verdict.Refused(
        all.size()
            + " requests from outside: "
            + Denial.summary(all.stream().map(Met::asked).toList()));
  }

  /** Whoever is not known is told so, and writes no record of their own. */
  private static Optional<String> strangers(Asked asked, Trail trail) {
    boolean right =
        asked.reply().code().equals("unauthenticated")
            && trail.of(asked.reply().requestId()).isEmpty();
    return right ? Optional.empty() : Optional.of(asked.told() + ", and left a record");
  }
}
