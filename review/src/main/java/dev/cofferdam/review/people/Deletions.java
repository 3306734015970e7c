package dev.cofferdam.review.people;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Crowd;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** OPS-05: a tenant with several owners, of whom one alone has it deleted. */
public final class Deletions {
  private static final String DELETION = "/v1/tenant/deletion";
  private static final String AGREE = DELETION + "/agree";

  /** In seconds; as the route declares it. */
  private static final long MOST_AGE = 300;

  private Deletions() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "OPS-05.alone",
            "has a tenant deleted that has other owners, who are not asked",
            Deletions::alone),
        attack(
            "OPS-05.agreed-by-oneself",
            "agrees by oneself to the deletion that one has asked for, on the page and in another session",
            Deletions::oneself),
        attack(
            "OPS-05.agreed-by-new-owner",
            "makes somebody an owner of the tenant who then agrees to its deletion",
            Deletions::newOwner),
        attack(
            "OPS-05.agreed-stale",
            "agrees to a deletion as another owner, who signed in too long ago",
            Deletions::stale));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.OWNER), assault, Deletions::ownerWorks);
  }

  private static UUID tenant(Target target) {
    return target.victim().id();
  }

  private static Map<String, String> typed(Target target) {
    return Map.of("slug", target.victim().slug());
  }

  private static Browser fresh(Target target, Part part) {
    Web web = target.web();
    return web.freshly(web.resident(tenant(target), part), tenant(target));
  }

  private static Reply wished(Target target, Browser owner) {
    return owner.ask(Ask.of("POST", DELETION).json(typed(target)));
  }

  private static Reply agreed(Target target, Browser owner) {
    return owner.ask(Ask.of("POST", AGREE).json(typed(target)));
  }

  private static boolean isDue(Target target, Session superuser) {
    return Crowd.count(
            superuser,
            "select count(*) from identity.closing where tenant_id = '%s' and due_at is not null"
                .formatted(tenant(target)))
        > 0;
  }

  /** All who are owners now have been for long. */
  private static void settle(Target target, Session superuser) {
    superuser.must(
        "update identity.membership set changed_at = changed_at - interval '60 days' where tenant_id = '%s' and role = 'owner'"
            .formatted(tenant(target)));
  }

  private static Verdict alone(Target target) throws SQLException {
    try (Session superuser = target.asSuperuser()) {
      Reply wished = wished(target, fresh(target, Part.OWNER));
      if (isDue(target, superuser)) {
        return new Verdict.Succeeded(
            "it will be deleted, and no other owner was asked: " + wished.brief());
      }
      return wished.isDone() || wished.status() == 500
          ? new Verdict.Refused("nothing is due, " + wished.brief())
          : new Verdict.Inconclusive("met " + wished.readable());
    }
  }

  private static Verdict oneself(Target target) throws SQLException {
    try (Session superuser = target.asSuperuser()) {
      settle(target, superuser);
      Browser owner = fresh(target, Part.OWNER);
      Reply wished = wished(target, owner);
      if (!wished.isDone()) {
        return new Verdict.Inconclusive("nobody can ask for it: " + wished.readable());
      }
      List<String> met = new ArrayList<>();
      for (Ask ask :
          List.of(
              Ask.of("POST", AGREE).json(typed(target)),
              Ask.of("POST", "/tenant/delete/agree").form(typed(target)))) {
        for (Browser session : List.of(owner, fresh(target, Part.OWNER))) {
          met.add(session.ask(ask).brief());
          if (isDue(target, superuser)) {
            return new Verdict.Succeeded("one owner asked and agreed: " + met);
          }
        }
      }
      return anotherMay(target, met.toString());
    }
  }

  private static Verdict newOwner(Target target) throws SQLException {
    Web web = target.web();
    try (Session superuser = target.asSuperuser()) {
      settle(target, superuser);
      Browser owner = fresh(target, Part.OWNER);
      Resident friend = web.resident(tenant(target), Part.ADMIN);
      Reply made =
          owner.ask(
              Ask.of("PATCH", "/v1/members/" + friend.person())
                  .with("If-Match", "\"1\"")
                  .json(Map.of("role", "owner")));
      Reply wished = wished(target, owner);
      if (!made.isDone() || !wished.isDone()) {
        return new Verdict.Inconclusive("met " + made.readable() + ", " + wished.readable());
      }
      Reply agreed = agreed(target, web.freshly(friend, tenant(target)));
      return isDue(target, superuser)
          ? new Verdict.Succeeded("an owner of a minute agreed: " + agreed.brief())
          : anotherMay(target, agreed.brief());
    }
  }

  /** Whoever has been another owner for long agrees: so what was refused is no mistake. */
  private static Verdict anotherMay(Target target, String met) {
    Reply other = agreed(target, fresh(target, Part.CO_OWNER));
    return other.isDone()
        ? new Verdict.Refused("met " + met + ", and another owner " + other.brief())
        : new Verdict.Inconclusive("nobody can agree: " + other.readable());
  }

  private static Verdict stale(Target target) throws SQLException {
    try (Session superuser = target.asSuperuser()) {
      settle(target, superuser);
      Reply wished = wished(target, fresh(target, Part.OWNER));
      if (!wished.isDone()) {
        return new Verdict.Inconclusive("nobody can ask for it: " + wished.readable());
      }
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      target.server().stopClock(now);
      target.server().tokensSay("auth_time=" + (now.getEpochSecond() - MOST_AGE - 1));
      Browser late = fresh(target, Part.CO_OWNER);
      target.server().tokensSay();
      Reply agreed = agreed(target, late);
      if (isDue(target, superuser)) {
        return new Verdict.Succeeded(
            "whoever comes upon an open browser agrees: " + agreed.brief());
      }
      return agreed.code().equals("insufficient_user_authentication")
          ? new Verdict.Refused("a second too long ago met " + agreed.brief())
          : new Verdict.Inconclusive("met " + agreed.readable());
    }
  }

  private static String ownerWorks(Target target) {
    Reply reply = target.web().as(target.attacker().id(), Part.OWNER).get("/v1/tenant");
    if (!reply.isDone()) {
      throw new IllegalStateException("an owner cannot work: " + reply.readable());
    }
    return "an owner works";
  }
}
