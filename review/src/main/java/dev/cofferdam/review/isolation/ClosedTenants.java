package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * ISO-03 over HTTP: a session that lives on while its tenant is closed, is not there yet, or is not
 * there any more.
 */
public final class ClosedTenants {
  private static final String DENIED = "tenant_closed";

  private ClosedTenants() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "ISO-03.live-session",
            "goes on working in a tenant that is suspended, being set up, being deleted or gone",
            Mode.DESTRUCTIVE,
            Set.of(Identity.OWNER),
            ClosedTenants::goesOn,
            ClosedTenants::othersWork));
  }

  /** How a tenant comes to be what nobody may enter. */
  private enum Closing {
    SUSPENDED("suspended"),
    PROVISIONING("provisioning"),
    DELETING("deleting"),
    DELETED("deleted"),
    /** As if it had never been made. */
    UNKNOWN("");

    private final String state;

    Closing(String state) {
      this.state = state;
    }

    String sql(UUID tenant) {
      return this == UNKNOWN
          ? "delete from tenancy.tenant where tenant_id = '" + tenant + "'"
          : "update tenancy.tenant set state = '%s' where tenant_id = '%s'"
              .formatted(state, tenant);
    }
  }

  private static Verdict goesOn(Target target) throws SQLException {
    Web web = target.web();
    UUID tenant = target.attacker().id();
    Resident owner = web.resident(tenant, Part.OWNER);
    Browser browser = web.as(owner);
    List<Asked> all = new ArrayList<>();
    try (Session superuser = target.asSuperuser()) {
      // The server itself would move a tenant only along its life, and one at a time.
      superuser.must("set session_replication_role = replica");
      for (Closing closing : Closing.values()) {
        superuser.must(closing.sql(tenant));
        Snapshot before = Snapshot.of(superuser);
        // What the gate may remember for a second must be over: the promise is within one second.
        target.server().moveClock(Duration.ofSeconds(1 + closing.ordinal()));
        for (Route route : web.routes()) {
          if (!route.access().equals("tenant")) {
            continue;
          }
          Asked asked = asked(web, browser, route, web.things(tenant), closing);
          all.add(asked);
          Optional<String> got = got(target, asked);
          if (got.isPresent()) {
            return new Verdict.Succeeded(got.get());
          }
        }
        List<String> changed = Snapshot.of(superuser).changedSince(before);
        if (!changed.isEmpty()) {
          return new Verdict.Succeeded(
              closing.state + ": after denials there is a change in " + changed);
        }
      }
      return judged(all, owner, Trail.of(superuser));
    }
  }

  private static Asked asked(Web web, Browser browser, Route route, Things own, Closing closing) {
    Ask ask = web.probes().ask(route, own::first);
    return new Asked(
        "the owner of a tenant that is " + (closing == Closing.UNKNOWN ? "gone" : closing.state),
        route,
        ask,
        browser.ask(ask));
  }

  /** Its own canary or anybody else's: nothing of either is to be seen. */
  private static Optional<String> got(Target target, Asked asked) {
    if (asked.reply().isDone()) {
      return Optional.of(asked.told());
    }
    String readable = asked.reply().readable();
    return List.of(target.attacker(), target.victim(), target.placed()).stream()
        .filter(occupant -> readable.contains(occupant.canary()))
        .findFirst()
        .map(occupant -> asked.told() + " with `" + occupant.canary() + "`");
  }

  private static Verdict judged(List<Asked> all, Resident owner, Trail trail) {
    for (Asked asked : all) {
      if (!asked.reply().code().equals(DENIED)) {
        return new Verdict.Inconclusive(asked.told() + ", and not " + DENIED);
      }
      Optional<String> fault =
          Denial.undocumented(asked).or(() -> Denial.unrecorded(asked, owner, trail));
      if (fault.isPresent()) {
        return new Verdict.Succeeded(fault.get());
      }
    }
    return new Verdict.Refused(all.size() + " requests in five states: " + Denial.summary(all));
  }

  /** The probe: other tenants' people are still answered. */
  private static String othersWork(Target target) {
    Browser owner = target.web().as(target.victim().id(), Part.OWNER);
    String answer = owner.get("/v1/tenant").text();
    if (!answer.contains(target.victim().canary())) {
      throw new IllegalStateException(target.victim().slug() + " cannot read its own: " + answer);
    }
    return target.victim().slug() + " comes in and reads its own";
  }
}
