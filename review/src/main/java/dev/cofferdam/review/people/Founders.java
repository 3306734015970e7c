package dev.cofferdam.review.people;

import dev.cofferdam.review.agent.OwnPeople;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Crowd;
import dev.cofferdam.review.web.SignIn;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** INV-04 and INV-05: founding tenants at once, half, from throw-away addresses and in numbers. */
public final class Founders {
  private static final int AT_ONCE = 40;

  /** More than one person may own, and many more than one may found within an hour. */
  private static final int MANY = 12;

  private static final int MOST = 10;

  private Founders() {}

  public static List<Attack> all() {
    return List.of(
        byStranger(
            "INV-04.at-once",
            "founds the same tenant forty times at once, half of them with one key",
            Founders::atOnce),
        byStranger(
            "INV-04.half",
            "founds a tenant that fails when it is made already and has no owner yet",
            Founders::half),
        byStranger(
            "INV-05.throw-away",
            "founds a tenant with an address that anybody can have for ten minutes",
            Founders::throwAway),
        byStranger("INV-05.many", "founds one tenant after the other", Founders::many));
  }

  private static Attack byStranger(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.STRANGER), assault, Founders::anotherFounds);
  }

  private static Ask founding(String slug) {
    return Ask.of("POST", "/v1/tenants").json(Map.of("slug", slug, "name", "Of " + slug));
  }

  private static String tenants(String slug) {
    return "select count(*) from tenancy.tenant where slug like '" + slug + "'";
  }

  private static Verdict atOnce(Target target) throws SQLException, InterruptedException {
    Web web = target.web();
    Crowd crowd = new Crowd();
    for (int n = 0; n < AT_ONCE; n++) {
      Ask ask = founding("two-piers");
      crowd.with(
          web.as(web.nowhere()), n % 2 == 0 ? ask : ask.with("Idempotency-Key", "two-piers-once"));
    }
    List<Reply> replies = crowd.send();
    List<String> named =
        replies.stream().filter(Reply::isDone).map(r -> r.member("tenant_id")).distinct().toList();
    try (Session superuser = target.asSuperuser()) {
      long made = Crowd.count(superuser, tenants("two-piers"));
      long owners =
          Crowd.count(
              superuser,
              "select count(*) from identity.membership m join tenancy.tenant t using (tenant_id)"
                  + " where t.slug = 'two-piers'");
      String found = "%s; %d tenants, %d owners".formatted(Crowd.summary(replies), made, owners);
      if (made > 1 || owners > 1 || named.size() > 1) {
        return new Verdict.Succeeded("one name is more than one tenant: " + found);
      }
      return made == 1 && owners == 1 && named.size() == 1
          ? new Verdict.Refused(found)
          : new Verdict.Inconclusive(found);
    }
  }

  /** The founder owns as many as they may, which is found out behind the making of the tenant. */
  private static Verdict half(Target target) throws SQLException {
    Web web = target.web();
    Browser browser = web.as(web.nowhere());
    try (Session superuser = target.asSuperuser()) {
      superuser.must(
          """
          insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
          select gen_random_uuid(), '%s', 'owner', now(), now() from generate_series(1, %d)
          """
              .formatted(web.nowhere().person(), MOST));
      Reply refused = browser.ask(founding("half-pier"));
      long made = Crowd.count(superuser, tenants("half-pier"));
      if (made > 0) {
        return new Verdict.Succeeded(
            "a tenant stands, and has no owner: the founder was told " + refused.brief());
      }
      superuser.must(
          "delete from identity.membership where person_id = '" + web.nowhere().person() + "'");
      Reply again = browser.ask(founding("half-pier"));
      return refused.code().equals("quota_reached")
              && again.isDone()
              && again.member("state").equals("active")
          ? new Verdict.Refused(
              refused.brief() + ", and nothing of it stands; asked again, it is active")
          : new Verdict.Inconclusive(refused.brief() + ", then " + again.brief());
    }
  }

  private static Verdict throwAway(Target target) throws SQLException {
    Web web = target.web();
    Browser browser = web.browser(Map.of(), null);
    SignIn.of(browser, OwnPeople.THROW_AWAY, Web.USUAL_ACR);
    Reply reply = browser.ask(founding("ten-minutes"));
    try (Session superuser = target.asSuperuser()) {
      if (reply.isDone() || Crowd.count(superuser, tenants("ten-minutes")) > 0) {
        return new Verdict.Succeeded(OwnPeople.address(OwnPeople.THROW_AWAY) + " founded a tenant");
      }
    }
    return reply.code().equals("address_not_allowed")
        ? new Verdict.Refused(reply.brief())
        : new Verdict.Inconclusive(reply.brief());
  }

  /** Not by a browser, which would have the laboratory forget how often it came. */
  private static Verdict many(Target target) throws IOException, SQLException {
    Web web = target.web();
    Browser browser = web.as(web.nowhere());
    List<Reply> replies = new ArrayList<>();
    try (Line line = web.line()) {
      web.rest();
      for (int n = 0; n < MANY && line.isOpen(); n++) {
        replies.add(line.ask(browser.dressed(founding("row-of-piers-" + n))));
      }
    }
    try (Session superuser = target.asSuperuser()) {
      long made = Crowd.count(superuser, tenants("row-of-piers-%"));
      String found = made + " tenants: " + Crowd.summary(replies);
      return made > MOST ? new Verdict.Succeeded(found) : new Verdict.Refused(found);
    }
  }

  private static String anotherFounds(Target target) {
    Web web = target.web();
    web.rest();
    Browser browser = web.browser(Map.of(), null);
    SignIn.of(browser, "resident-another", Web.USUAL_ACR);
    Reply reply = browser.ask(founding("pier-nine"));
    if (!reply.isDone()) {
      throw new IllegalStateException("nobody can found a tenant: " + reply.readable());
    }
    return "somebody else founds a tenant";
  }
}
