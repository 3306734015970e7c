package dev.cofferdam.review.people;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.SignIn;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * STP-01 and STP-02: what is dangerous, without having proved a moment ago who one is, or by a
 * proof that was given for something else. The dangerous act is to have one's tenant deleted.
 *
 * <p>What the identity provider says of a sign-in is dictated in its tokens, which go the whole
 * way; the clock of server and provider is stopped meanwhile, so that a boundary is met exactly.
 */
public final class StepUps {
  /** In seconds; as the route declares it. */
  private static final long MOST_AGE = 300;

  /** By how many seconds clocks may differ. */
  private static final long LEEWAY = 30;

  private static final String AGAIN =
      "/step-up?acr_values=multi_factor&max_age=300&return_to=/home";
  private static final String REFUSED = "insufficient_user_authentication";

  private StepUps() {}

  public static List<Attack> all() {
    return List.of(
        byOwner(
            "STP-01.weak",
            "has a tenant deleted without an acr, with a weak or an unknown one, with an amr alone, too"
                + " long ago, and in the future",
            StepUps::weak),
        byOwner(
            "STP-02.another-session",
            "has a tenant deleted in one session after signing in again in another",
            StepUps::inAnotherSession),
        byOwner(
            "STP-02.another-tenant",
            "has a tenant deleted after signing in again in another, and after leaving and coming back",
            StepUps::inAnotherTenant));
  }

  private static Attack byOwner(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.OWNER), assault, StepUps::ownerWorks);
  }

  private static Ask deleting(String slug) {
    return Ask.of("POST", "/v1/tenant/deletion").json(Map.of("slug", slug));
  }

  private static Ask entering(UUID tenant) {
    return Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", tenant.toString()));
  }

  /** A sign-in, and what the provider says of it that it would not. */
  private record Way(String called, String assurance, List<String> says) {
    Way(String called, String assurance, String says) {
      this(called, assurance, List.of(says));
    }
  }

  private static Verdict weak(Target target) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long at = now.getEpochSecond();
    target.server().stopClock(now);
    List<String> met = new ArrayList<>();
    for (Way way :
        List.of(
            new Way("no acr", "pwd", "acr="),
            new Way("an unknown acr", "pwd", "acr=urn:example:the-best"),
            new Way("an amr alone", "mfa", "acr="),
            new Way("one factor", "pwd", List.of()),
            new Way("a second too long ago", "mfa", "auth_time=" + (at - MOST_AGE - 1)),
            new Way("a day ago", "phr", "auth_time=" + (at - 86_400)))) {
      Reply reply = deleted(target, signedIn(target, way));
      if (reply.isDone()) {
        return new Verdict.Succeeded("with " + way.called() + " the tenant is to be deleted");
      }
      met.add(way.called() + ": " + reply.brief());
      if (!reply.code().equals(REFUSED) || !challenges(reply)) {
        return new Verdict.Inconclusive(met + ", and no challenge: " + reply.readable());
      }
    }
    Reply exact =
        deleted(
            target, signedIn(target, new Way("exactly", "mfa", "auth_time=" + (at - MOST_AGE))));
    if (!exact.isDone()) {
      return new Verdict.Inconclusive("exactly as long ago as may be: " + exact.readable());
    }
    met.add("exactly as long ago as may be: " + exact.brief());
    return ahead(target, now)
        .<Verdict>map(Verdict.Succeeded::new)
        .orElseGet(() -> new Verdict.Refused(String.join("; ", met) + "; nothing ahead of now"));
  }

  /**
   * A sign-in in the future: beyond the leeway of clocks it is none, within it it is one of now;
   * and what lies ahead because the clock went back does not do.
   */
  private static Optional<String> ahead(Target target, Instant now) {
    Browser browser = target.web().browser(Map.of(), null);
    target.server().tokensSay("auth_time=" + now.plusSeconds(LEEWAY + 1).getEpochSecond());
    String back = SignIn.way(browser, "/sign-in?return_to=/home", subject(target), Web.USUAL_ACR);
    Reply beyond = browser.get(back);
    target.server().tokensSay();
    if (beyond.isDone()) {
      return Optional.of("somebody is signed in who will have proved it in 31 seconds");
    }
    Browser current = signedIn(target, new Way("now", Web.USUAL_ACR, List.of()));
    target.server().stopClock(now.minusSeconds(1));
    Reply reply = deleted(target, current);
    return reply.code().equals(REFUSED)
        ? Optional.empty()
        : Optional.of("a sign-in of a second ahead met " + reply.brief());
  }

  private static boolean challenges(Reply reply) {
    String challenge = reply.field("WWW-Authenticate").orElse("");
    return challenge.contains(REFUSED)
        && challenge.contains("acr_values=\"multi_factor\"")
        && challenge.matches(".*max_age=\"?300\"?.*");
  }

  /** Signs in this way, and goes to work. */
  private static Browser signedIn(Target target, Way way) {
    Browser browser = target.web().browser(Map.of(), null);
    target.server().tokensSay(way.says().toArray(String[]::new));
    try {
      SignIn.of(browser, subject(target), way.assurance());
    } finally {
      target.server().tokensSay();
    }
    Reply entered = browser.ask(entering(target.attacker().id()));
    if (!entered.isDone()) {
      throw new IllegalStateException("nobody comes in: " + entered.readable());
    }
    return browser;
  }

  /** Asks for the deletion; where it is done, calls it off. */
  private static Reply deleted(Target target, Browser browser) {
    Reply reply = browser.ask(deleting(target.attacker().slug()));
    if (reply.isDone()) {
      browser.ask(Ask.of("DELETE", "/v1/tenant/deletion"));
    }
    return reply;
  }

  /** Two sessions of one owner, both begun an hour ago. */
  private static List<Browser> sessions(Target target) throws SQLException {
    Web web = target.web();
    Resident owner = web.resident(target.attacker().id(), Part.OWNER);
    List<Browser> sessions = web.spare(owner);
    try (Session superuser = target.asSuperuser()) {
      superuser.must(
          "update identity.session set auth_time = auth_time - interval '1 hour' where person_id = '%s'"
              .formatted(owner.person()));
    }
    target.server().forget();
    return sessions.subList(0, 2);
  }

  private static String subject(Target target) {
    return target.web().resident(target.attacker().id(), Part.OWNER).subject();
  }

  private static Verdict inAnotherSession(Target target) throws SQLException {
    List<Browser> sessions = sessions(target);
    Browser one = sessions.get(0);
    Browser other = sessions.get(1);
    String slug = target.attacker().slug();
    // The way of one session, and its end in the other.
    Reply crossed = other.get(SignIn.way(one, AGAIN, subject(target), Web.USUAL_ACR));
    Reply afterwards = other.ask(deleting(slug));
    if (afterwards.isDone()) {
      return new Verdict.Succeeded("a sign-in again that another session began counted");
    }
    SignIn.again(one, AGAIN, subject(target), Web.USUAL_ACR);
    // Nothing that was read of the other before may decide.
    target.server().forget();
    Reply reply = other.ask(deleting(slug));
    if (reply.isDone()) {
      return new Verdict.Succeeded("what one session had proved counted in another");
    }
    Reply own = one.ask(deleting(slug));
    String met =
        "%s, %s, %s; in the session itself %s"
            .formatted(crossed.brief(), afterwards.brief(), reply.brief(), own.brief());
    return reply.code().equals(REFUSED) && own.isDone()
        ? new Verdict.Refused(met)
        : new Verdict.Inconclusive(met);
  }

  private static Verdict inAnotherTenant(Target target) throws SQLException {
    Browser browser = sessions(target).getFirst();
    Reply founded =
        browser.ask(
            Ask.of("POST", "/v1/tenants").json(Map.of("slug", "second-pier", "name", "Second")));
    if (!founded.isDone()) {
      return new Verdict.Inconclusive("no second tenant: " + founded.brief());
    }
    SignIn.again(browser, AGAIN, subject(target), Web.USUAL_ACR);
    browser.ask(entering(UUID.fromString(founded.member("tenant_id"))));
    Reply elsewhere = browser.ask(deleting("second-pier"));
    browser.ask(entering(target.attacker().id()));
    Reply back = browser.ask(deleting(target.attacker().slug()));
    if (elsewhere.isDone() || back.isDone()) {
      return new Verdict.Succeeded(
          "what was proved in one tenant counted in another, or after leaving: "
              + elsewhere.brief()
              + ", "
              + back.brief());
    }
    SignIn.again(browser, AGAIN, subject(target), Web.USUAL_ACR);
    Reply own = browser.ask(deleting(target.attacker().slug()));
    String met =
        "%s elsewhere, %s after coming back; where it was proved %s"
            .formatted(elsewhere.brief(), back.brief(), own.brief());
    return elsewhere.code().equals(REFUSED) && back.code().equals(REFUSED) && own.isDone()
        ? new Verdict.Refused(met)
        : new Verdict.Inconclusive(met);
  }

  private static String ownerWorks(Target target) {
    Reply reply = target.web().as(target.victim().id(), Part.OWNER).get("/v1/tenant");
    if (!reply.isDone()) {
      throw new IllegalStateException("an owner cannot work: " + reply.readable());
    }
    return "an owner works";
  }
}
