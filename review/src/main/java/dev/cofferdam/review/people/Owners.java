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
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** INV-06: a tenant without an owner, by oneself or by two who take each other's place away. */
public final class Owners {
  private static final int ROUNDS = 3;

  /** A database that takes its time, so that two at once do not miss each other. */
  private static final String SLOWLY =
      """
      create function identity.slowly() returns trigger
      language plpgsql security definer as $$
      begin
        perform pg_sleep(0.1);
        return new;
      end $$;
      create trigger slowly before update on identity.membership
        for each row when (new.role = 'member') execute function identity.slowly()
      """;

  private static final int EACH = 9;

  private Owners() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "INV-06.last",
            "as the last owner leaves, is removed, and becomes less",
            Mode.DESTRUCTIVE,
            Set.of(Identity.OWNER),
            Owners::last,
            Owners::ownerWorks),
        new Attack(
            "INV-06.at-once",
            "has owners take each other's place away at once, by themselves and among a hundred requests",
            Mode.DESTRUCTIVE,
            Set.of(Identity.OWNER),
            Owners::atOnce,
            Owners::ownerWorks));
  }

  private static Ask becoming(UUID person, String role) {
    return Ask.of("PATCH", "/v1/members/" + person)
        .with("If-Match", "\"1\"")
        .json(Map.of("role", role));
  }

  private static Ask removing(UUID person) {
    return Ask.of("DELETE", "/v1/members/" + person).with("If-Match", "\"1\"");
  }

  private static Ask leaving() {
    return Ask.of("DELETE", "/v1/membership");
  }

  private static String owners(UUID tenant) {
    return "select count(*) from identity.membership where tenant_id = '%s' and role = 'owner'"
        .formatted(tenant);
  }

  private static Verdict last(Target target) throws SQLException {
    Web web = target.web();
    Resident owner = web.resident(target.attacker().id(), Part.OWNER);
    Browser browser = web.as(owner);
    List<String> met = new ArrayList<>();
    try (Session superuser = target.asSuperuser()) {
      for (Ask ask :
          List.of(
              leaving(),
              removing(owner.person()),
              becoming(owner.person(), "admin"),
              becoming(owner.person(), "member"))) {
        Reply reply = browser.ask(ask);
        if (Crowd.count(superuser, owners(target.attacker().id())) == 0) {
          return new Verdict.Succeeded(
              target.attacker().slug() + " has no owner: " + ask + " met " + reply.brief());
        }
        met.add(ask.method() + " " + reply.brief());
        if (!reply.code().equals("last_owner")) {
          return new Verdict.Inconclusive(met + ", and not last_owner");
        }
      }
    }
    return new Verdict.Refused(String.join(", ", met));
  }

  private static Verdict atOnce(Target target) throws SQLException, InterruptedException {
    Web web = target.web();
    UUID tenant = target.victim().id();
    List<Resident> owners =
        Stream.concat(
                Stream.of(web.resident(tenant, Part.OWNER)),
                web.all(tenant, Part.CO_OWNER).stream())
            .toList();
    List<Reply> all = new ArrayList<>();
    try (Session superuser = target.asSuperuser()) {
      superuser.must(SLOWLY);
      superuser.must(
          "update identity.membership set role = 'admin' where tenant_id = '%s' and person_id = '%s'"
              .formatted(tenant, owners.getLast().person()));
      for (int round = 0; round <= ROUNDS; round++) {
        target.server().forget();
        List<Reply> replies;
        if (round < ROUNDS) {
          replies = eachOther(web, owners.subList(0, 2)).send();
        } else {
          superuser.must("drop function identity.slowly() cascade");
          owners.forEach(owner -> superuser.must(restored(tenant, owner)));
          replies = hundred(web, tenant, owners).send();
        }
        all.addAll(replies);
        if (Crowd.count(superuser, owners(tenant)) == 0) {
          return new Verdict.Succeeded(
              target.victim().slug() + " has no owner after " + Crowd.summary(replies));
        }
        if (replies.stream().noneMatch(Reply::isDone)) {
          return new Verdict.Inconclusive("nothing could be done: " + Crowd.summary(replies));
        }
        owners.subList(0, 2).forEach(owner -> superuser.must(restored(tenant, owner)));
      }
      long done = all.stream().filter(Reply::isDone).count();
      Trail trail = Trail.of(superuser);
      long recorded =
          all.stream()
              .filter(Reply::isDone)
              .filter(reply -> trail.of(reply.requestId()).size() == 1)
              .count();
      return done == recorded && done > 0
          ? new Verdict.Refused(
              "an owner stayed in "
                  + ROUNDS
                  + " rounds and then among a hundred requests, each act with one record: "
                  + Crowd.summary(all))
          : new Verdict.Inconclusive(done + " were done, and " + recorded + " recorded");
    }
  }

  /** Acceptances, removals and role changes, whoever may and whatever becomes of the others. */
  private static Crowd hundred(Web web, UUID tenant, List<Resident> owners) {
    Crowd crowd = new Crowd();
    List<Resident> mates = web.all(tenant, Part.COLLEAGUE);
    List<Invited> guests = Invited.all(web, tenant);
    for (int n = 0; n < EACH; n++) {
      for (int o = 0; o < owners.size(); o++) {
        Resident owner = owners.get(o);
        UUID next = owners.get((o + 1) % owners.size()).person();
        crowd.with(web.as(owner), n % 3 == 0 ? removing(next) : becoming(next, "member"));
        crowd.with(web.as(owner), n % 3 == 1 ? leaving() : becoming(owner.person(), "admin"));
        crowd.with(web.as(owner), removing(mates.get(n % mates.size()).person()));
      }
      Invited guest = guests.get(n % (guests.size() - 1));
      crowd.with(web.as(guest.who()), guest.accepting());
      crowd.with(web.as(guest.who()), guest.accepting());
    }
    return crowd;
  }

  /** Each takes the other's place away. */
  private static Crowd eachOther(Web web, List<Resident> two) {
    return new Crowd()
        .with(web.as(two.getFirst()), becoming(two.getLast().person(), "member"))
        .with(web.as(two.getLast()), becoming(two.getFirst().person(), "member"));
  }

  private static String restored(UUID tenant, Resident owner) {
    return """
    insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
    values ('%s', '%s', 'owner', now(), now())
    on conflict (tenant_id, person_id) do update set role = 'owner', version = 1
    """
        .formatted(tenant, owner.person());
  }

  private static String ownerWorks(Target target) {
    Reply reply = target.web().as(target.attacker().id(), Part.OWNER).get("/v1/members");
    if (!reply.isDone()) {
      throw new IllegalStateException("an owner cannot work: " + reply.readable());
    }
    return "an owner works";
  }
}
