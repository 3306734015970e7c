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
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** ISO-01: every kind of thing of another tenant, by its id, on every route and with every verb. */
public final class ForeignThings {
  private ForeignThings() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "ISO-01.things",
            "reads, lists, changes and deletes whatever the victim has, by its id",
            kind -> !kind.equals("project"),
            RightfulUse::works),
        attack(
            "ISO-01.projects",
            "reads, changes and grants the victim's projects by their ids",
            kind -> kind.equals("project"),
            // With one layer alone in not every list is whole, and this one is about projects.
            NamedTenants::readsItsOwn));
  }

  private static Attack attack(
      String id, String does, Predicate<String> which, Attack.Probe inLaboratory) {
    return Attack.amongOwn(
        id,
        does,
        Mode.NOISY,
        Set.of(Identity.OWNER),
        scene -> reach(scene, which),
        NamedTenants::readsItsOwn,
        inLaboratory);
  }

  private static Verdict reach(Scene scene, Predicate<String> which) throws SQLException {
    Web web = scene.web();
    Resident attacker = web.resident(scene.attacker().id(), Part.OWNER);
    Browser browser = web.as(attacker);
    Things own = web.things(scene.attacker().id());
    Things theirs = web.things(scene.victim().id());
    Spill spill = new Spill(scene.victim().canary(), theirs);
    List<Asked> all = new ArrayList<>();
    try (Session superuser = scene.asSuperuser()) {
      Snapshot before = Snapshot.of(superuser);
      for (Route route : web.swept()) {
        if (web.probes().isElsewhere(route)) {
          continue;
        }
        for (String kind : foreign(web, route, which)) {
          for (String verb : verbs(route)) {
            Asked foreign = asked(web, browser, route, verb, one(kind, theirs.first(kind), own));
            Asked missing =
                asked(web, browser, route, verb, one(kind, UUID.randomUUID().toString(), own));
            all.add(foreign);
            all.add(missing);
            Optional<String> fault = fault(foreign, missing, spill);
            if (fault.isPresent()) {
              return new Verdict.Succeeded(fault.get());
            }
          }
        }
      }
      return judged(all, attacker, superuser, before);
    }
  }

  /** What a request for the route names and nobody else may know of. */
  private static List<String> foreign(Web web, Route route, Predicate<String> which) {
    return web.probes().hidden(route).stream().filter(which).toList();
  }

  /** A route that reads is asked for its head too: it has the fields of the answer. */
  private static List<String> verbs(Route route) {
    return route.method().equals("GET") ? List.of("GET", "HEAD") : List.of(route.method());
  }

  /** Own things, but for one kind. */
  private static UnaryOperator<String> one(String kind, String id, Things own) {
    return asked -> asked.equals(kind) ? id : own.first(asked);
  }

  private static Asked asked(
      Web web, Browser browser, Route route, String verb, UnaryOperator<String> thing) {
    Ask ask = web.probes().ask(route, thing);
    Ask sent = new Ask(verb, ask.target(), ask.fields(), ask.body());
    return new Asked("an owner of another tenant", route, sent, browser.ask(sent));
  }

  private static Optional<String> fault(Asked foreign, Asked missing, Spill spill) {
    if (foreign.reply().isDone()) {
      return Optional.of(foreign.told());
    }
    Optional<String> spilt = spill.in(foreign.ask(), foreign.reply());
    if (spilt.isPresent()) {
      return Optional.of(foreign.told() + " with " + spilt.get());
    }
    return Denial.difference(foreign.reply(), missing.reply())
        .map(difference -> foreign.told() + ", told from a missing one by " + difference);
  }

  private static Verdict judged(
      List<Asked> all, Resident attacker, Session superuser, Snapshot before) {
    List<String> changed = Snapshot.of(superuser).changedSince(before);
    if (!changed.isEmpty()) {
      return new Verdict.Succeeded("after refusals alone there is a change in " + changed);
    }
    Optional<String> undocumented =
        all.stream().flatMap(asked -> Denial.undocumented(asked).stream()).findFirst();
    if (undocumented.isPresent()) {
      return new Verdict.Inconclusive(undocumented.get());
    }
    Trail trail = Trail.of(superuser);
    Optional<String> unrecorded =
        all.stream()
            .flatMap(asked -> Denial.unrecorded(asked, attacker, trail).stream())
            .findFirst();
    if (unrecorded.isPresent()) {
      return new Verdict.Succeeded(unrecorded.get());
    }
    return new Verdict.Refused(
        all.size() + " requests for what is another's or missing: " + Denial.summary(all));
  }
}
