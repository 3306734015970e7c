package dev.cofferdam.review.operators;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Snapshot;
import dev.cofferdam.review.web.Spill;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** ADM-01 behind the glass: an operator who was let in to read, and wants more. */
public final class Visits {
  /** Within which every server knows what was ended. */
  private static final Duration BITES = Duration.ofSeconds(1);

  /** Operators who read nowhere yet. */
  private static final String IDLE = Web.OPERATORS.getFirst() + "-visitor";

  private Visits() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "ADM-01.expired",
            "goes on reading when the time of the emergency is over",
            Visits::expired),
        attack(
            "ADM-01.ended", "goes on reading when an owner has ended the emergency", Visits::ended),
        attack(
            "ADM-01.elsewhere",
            "reads in another tenant than the one that the glass was broken of",
            Visits::elsewhere),
        attack(
            "ADM-01.unlisted",
            "reads what is not listed: other routes of the tenant, and those of operators",
            target -> beyond(target, route -> !route.changes())),
        attack(
            "ADM-01.writing",
            "changes something on every route that changes",
            target -> beyond(target, Route::changes)),
        attack(
            "ADM-01.unrecorded",
            "reads all that is listed, and looks for what left no record with the tenant",
            Visits::unrecorded));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(
        id,
        does,
        Mode.NOISY,
        Set.of(Identity.PLATFORM_OPERATOR),
        assault,
        target -> Operators.finds(target.scene()));
  }

  /** An operator who has broken the victim's glass. */
  private record Visit(Browser browser, String emergency, UUID person) {
    boolean reads() {
      return browser.get("/v1/groups").isDone();
    }
  }

  private static Visit visit(Target target) {
    Browser browser = target.web().freshOperator(IDLE);
    Reply opened =
        browser.ask(
            Ask.of("POST", "/v1/operator/tenants/" + target.victim().id() + "/emergency")
                .json(Map.of("reason", "The review attacks it.")));
    if (!opened.isDone()) {
      throw new IllegalStateException("the glass cannot be broken: " + opened.readable());
    }
    Visit visit =
        new Visit(
            browser,
            opened.member("id"),
            UUID.fromString(browser.get("/v1/me").member("person_id")));
    String seen = browser.get("/v1/groups").text();
    if (!seen.contains(target.victim().canary())) {
      throw new IllegalStateException("behind the glass nothing is seen: " + seen);
    }
    return visit;
  }

  /** What the server may remember for a second is over: the promise is within one second. */
  static void aSecondLater(Target target) {
    target.server().moveClock(BITES);
  }

  private static Verdict expired(Target target) throws SQLException {
    Visit visit = visit(target);
    try (Session superuser = target.asSuperuser()) {
      UUID emergency = UUID.fromString(visit.emergency());
      superuser.must(
          """
          update identity.emergency
             set opened_at = opened_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
           where emergency_id = '%s'
          """
              .formatted(emergency));
      superuser.must(
          """
          update identity.session set expires_at = expires_at - interval '1 hour', handle_hash = handle_hash
           where emergency_id = '%s'
          """
              .formatted(emergency));
    }
    return over(target, visit, "an hour later");
  }

  private static Verdict ended(Target target) {
    Visit visit = visit(target);
    Browser owner = target.web().as(target.victim().id(), Part.OWNER);
    Reply end = owner.ask(Ask.of("DELETE", "/v1/tenant/emergencies/" + visit.emergency()));
    return end.isDone()
        ? over(target, visit, "after an owner ended it")
        : new Verdict.Inconclusive("an owner cannot end it: " + end.readable());
  }

  private static Verdict over(Target target, Visit visit, String when) {
    aSecondLater(target);
    Reply reply = visit.browser().get("/v1/groups");
    if (reply.isDone()) {
      return new Verdict.Succeeded(
          when
              + " they read on, "
              + (reply.readable().contains(target.victim().canary())
                  ? "`" + target.victim().canary() + "`"
                  : "nothing of the victim's"));
    }
    return reply.code().equals("unauthenticated")
        ? new Verdict.Refused(when + " they met " + reply.brief())
        : new Verdict.Inconclusive(when + " they met " + reply.readable());
  }

  private static Verdict elsewhere(Target target) {
    Web web = target.web();
    Visit visit = visit(target);
    Things other = web.things(target.attacker().id());
    Spill spill = new Spill(target.attacker().canary(), other);
    List<Asked> all = new ArrayList<>();
    for (Route route : web.routes()) {
      if (!route.access().equals("tenant") || route.changes()) {
        continue;
      }
      Ask plain = web.probes().ask(route, other::first);
      Ask naming = plain.with("X-Tenant-Id", target.attacker().id().toString());
      for (Ask ask : List.of(plain, naming)) {
        Asked asked =
            new Asked("a visitor of another tenant", route, ask, visit.browser().ask(ask));
        Optional<String> spilt = spill.in(ask, asked.reply());
        if (spilt.isPresent()) {
          return new Verdict.Succeeded(asked.told() + " with " + spilt.get());
        }
        all.add(asked);
      }
    }
    return new Verdict.Refused(all.size() + " requests: " + Denial.summary(all));
  }

  /** Everything that is not listed, which may be denied or be none of a visitor's. */
  private static Verdict beyond(Target target, Predicate<Route> which) throws SQLException {
    Web web = target.web();
    Visit visit = visit(target);
    Things theirs = web.things(target.victim().id());
    List<Asked> all = new ArrayList<>();
    try (Session superuser = target.asSuperuser()) {
      Snapshot before = Snapshot.of(superuser);
      for (Route route : web.routes()) {
        boolean of = route.access().equals("tenant") || route.access().equals("operator");
        if (!of || route.emergency() || !which.test(route)) {
          continue;
        }
        Ask ask = web.probes().ask(route, theirs::first);
        Asked asked = new Asked("a visitor", route, ask, visit.browser().ask(ask));
        if (asked.reply().isDone()) {
          return new Verdict.Succeeded(asked.told());
        }
        all.add(asked);
      }
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      return changed.isEmpty()
          ? judged(all, visit, target, Trail.of(superuser))
          : new Verdict.Succeeded("after refusals alone there is a change in " + changed);
    }
  }

  private static Verdict judged(List<Asked> all, Visit visit, Target target, Trail trail) {
    for (Asked asked : all) {
      if (!asked.reply().code().equals("forbidden")) {
        return new Verdict.Inconclusive(asked.told() + ", and not forbidden");
      }
      if (Denial.undocumented(asked).isPresent()) {
        return new Verdict.Inconclusive(Denial.undocumented(asked).get());
      }
      if (!isRecorded(asked, visit, target, trail, Outcome.DENIED)) {
        return new Verdict.Succeeded(asked.told() + ", and the tenant's log has no record of it");
      }
    }
    return new Verdict.Refused(all.size() + " requests: " + Denial.summary(all));
  }

  /** Exactly one, by the operator, in the log of the tenant. */
  private static boolean isRecorded(
      Asked asked, Visit visit, Target target, Trail trail, Outcome outcome) {
    List<AuditRecord> records = trail.of(asked.reply().requestId());
    return records.size() == 1
        && records.getFirst().outcome() == outcome
        && records.getFirst().log().contains(target.victim().id().toString())
        && records.getFirst().actor().kind().equals("operator")
        && records.getFirst().actor().id().equals(visit.person().toString());
  }

  private static Verdict unrecorded(Target target) throws SQLException {
    Web web = target.web();
    Visit visit = visit(target);
    Things theirs = web.things(target.victim().id());
    List<Asked> all = new ArrayList<>();
    for (Route route : web.routes()) {
      if (!route.emergency()) {
        continue;
      }
      Ask ask = web.probes().ask(route, theirs::first);
      Asked asked = new Asked("a visitor", route, ask, visit.browser().ask(ask));
      if (!asked.reply().isDone()) {
        return new Verdict.Inconclusive(asked.told());
      }
      all.add(asked);
    }
    if (all.isEmpty()) {
      return new Verdict.Inconclusive("nothing is listed");
    }
    try (Session superuser = target.asSuperuser()) {
      Trail trail = Trail.of(superuser);
      for (Asked asked : all) {
        if (!isRecorded(asked, visit, target, trail, Outcome.DONE)) {
          return new Verdict.Succeeded(asked.told() + ", and the tenant's log has no record of it");
        }
      }
    }
    return new Verdict.Refused(all.size() + " reads, each with its record");
  }
}
