package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Snapshot;
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
import java.util.UUID;

/** ISO-12: ids that nobody owns, asked for in the hope to be the first. */
public final class Unowned {
  /** Ids that are nobody's: new, all zeros, all ones, and of the future. */
  private static final List<String> NOBODYS =
      List.of(
          UUID.randomUUID().toString(),
          "00000000-0000-0000-0000-000000000000",
          "ffffffff-ffff-ffff-ffff-ffffffffffff",
          "7fffffff-ffff-7fff-bfff-ffffffffffff");

  private Unowned() {}

  public static List<Attack> all() {
    return List.of(
        Attack.amongOwn(
            "ISO-12.claim",
            "changes, grants and fills things by ids that nobody owns, and looks whether they are its own then",
            Mode.NOISY,
            Set.of(Identity.OWNER),
            Unowned::claim,
            NamedTenants::readsItsOwn));
  }

  private static Verdict claim(Scene scene) throws SQLException {
    Web web = scene.web();
    Resident owner = web.resident(scene.attacker().id(), Part.OWNER);
    Browser browser = web.as(owner);
    Things own = web.things(scene.attacker().id());
    List<Asked> all = new ArrayList<>();
    try (Session superuser = scene.asSuperuser()) {
      Snapshot before = Snapshot.of(superuser);
      for (Route route : inOrderOfClaiming(web)) {
        for (String kind : web.probes().hidden(route)) {
          for (String id : NOBODYS) {
            Ask ask = web.probes().ask(route, asked -> asked.equals(kind) ? id : own.first(asked));
            Asked asked = new Asked("an owner", route, ask, browser.ask(ask));
            all.add(asked);
            if (asked.reply().isDone()) {
              return new Verdict.Succeeded(asked.told() + ": nobody had it, and now somebody has");
            }
          }
        }
      }
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      if (!changed.isEmpty()) {
        return new Verdict.Succeeded("after denials alone there is a change in " + changed);
      }
      return judged(all, owner, Trail.of(superuser));
    }
  }

  /** First what could claim, and then what would show it. */
  private static List<Route> inOrderOfClaiming(Web web) {
    return web.routes().stream()
        .filter(route -> !web.probes().isElsewhere(route) && route.access().equals("tenant"))
        .sorted(
            java.util.Comparator.comparing(
                route -> List.of("PUT", "POST", "PATCH", "DELETE", "GET").indexOf(route.method())))
        .toList();
  }

  private static Verdict judged(List<Asked> all, Resident owner, Trail trail) {
    for (Asked asked : all) {
      Optional<String> undocumented = Denial.undocumented(asked);
      if (undocumented.isPresent()) {
        return new Verdict.Inconclusive(undocumented.get());
      }
      Optional<String> unrecorded = Denial.unrecorded(asked, owner, trail);
      if (unrecorded.isPresent()) {
        return new Verdict.Succeeded(unrecorded.get());
      }
    }
    return new Verdict.Refused(
        all.size() + " requests for what nobody has: " + Denial.summary(all));
  }
}
