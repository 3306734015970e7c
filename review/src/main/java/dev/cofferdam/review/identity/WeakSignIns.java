package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** STP-03: to work in a tenant that asks for more factors than the identity provider checked. */
public final class WeakSignIns {
  private static final String ONE_FACTOR = "pwd";

  private WeakSignIns() {}

  public static List<Attack> all() {
    return List.of(
        Attack.amongOwn(
            "STP-03.one-factor",
            "signs in with one factor and goes to work where two are asked for",
            Mode.NOISY,
            Set.of(Identity.MEMBER),
            WeakSignIns::oneFactor,
            WeakSignIns::twoFactorsWork));
  }

  private static Verdict oneFactor(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    askForTwo(web, tenant);
    Browser browser = web.signedIn(web.resident(tenant, Part.MEMBER), ONE_FACTOR);
    Reply entered = enter(browser, tenant);
    Reply read = browser.ask(Ask.get("/v1/tenant"));
    if (read.isDone()) {
      return new Verdict.Succeeded("one factor was enough to read: " + read.readable());
    }
    if (entered.isDone()) {
      return new Verdict.Refused(
          "let in with one factor, and everything within was refused: " + read.readable());
    }
    return entered.code().equals("insufficient_user_authentication")
            && entered.field("WWW-Authenticate").orElse("").contains("multi_factor")
        ? new Verdict.Refused("refused with a challenge that names the class")
        : new Verdict.Inconclusive("refused, but not for the factor: " + entered.readable());
  }

  private static Reply enter(Browser browser, UUID tenant) {
    return browser.ask(
        Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", tenant.toString())));
  }

  private static void askForTwo(Web web, UUID tenant) {
    Reply asked =
        web.freshly(web.resident(tenant, Part.OWNER), tenant)
            .ask(
                Ask.of("PUT", "/v1/tenant/sign-in-policy")
                    .with("If-Match", "\"0\", \"1\", \"2\", \"3\"")
                    .json(Map.of("least_acr", "multi_factor")));
    if (!asked.isDone()) {
      throw new IllegalStateException("the tenant asks for nothing: " + asked.readable());
    }
  }

  /** The probe: the same person, with two. */
  private static String twoFactorsWork(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    Resident member = web.resident(tenant, Part.MEMBER);
    Browser browser = web.signedIn(member, Web.USUAL_ACR);
    Reply entered = enter(browser, tenant);
    Reply read = browser.ask(Ask.get("/v1/tenant"));
    if (!entered.isDone() || !read.isDone()) {
      throw new IllegalStateException("nor do two factors do: " + entered.readable());
    }
    return "the same member with two factors reads the tenant";
  }
}
