package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.issuer.Attempt;
import dev.cofferdam.review.issuer.ForgedToken;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TokenCases;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * IDN-06: somebody who serves another host of the server's domain, and waits there for cookies, or
 * sets some. The laboratory's server is on loopback, where there are no siblings: what it sets is
 * held against the rules of browsers as if it were {@code app.example.com}.
 */
public final class Siblings {
  private static final String SERVER = "app.example.com";
  private static final List<String> OTHERS =
      List.of("evil.example.com", "example.com", "evil.app.example.com");

  /** What such a host sets; {@code %s} is the attacker's own handle. */
  private static final List<String> PLANTED =
      List.of(
          "cofferdam=%s; Domain=example.com; Path=/; Secure",
          "cofferdam=%s; Domain=example.com; Path=/v1; Secure",
          "__Host-cofferdam=%s; Domain=example.com; Path=/; Secure",
          "__host-cofferdam=%s; Domain=example.com; Path=/; Secure",
          "__Secure-cofferdam=%s; Domain=example.com; Path=/; Secure",
          "a=b,__Host-cofferdam=%s; Domain=example.com; Path=/; Secure",
          "a=\"b __Host-cofferdam=%s\"; Domain=example.com; Path=/; Secure",
          "=__Host-cofferdam=%s; Domain=example.com; Path=/; Secure",
          "$Version=1,__Host-cofferdam=%s; Domain=example.com; Path=/; Secure");

  private Siblings() {}

  public static List<Attack> all() {
    return List.of(
        Attack.amongOwn(
            "IDN-06.sent",
            "waits on another host of the domain for the cookies of somebody who signs in",
            Mode.NOISY,
            Set.of(Identity.NOBODY),
            Siblings::sent,
            Siblings::victimIsKnown),
        Attack.portable(
            "IDN-06.planted",
            "sets cookies from there, so that others work in the attacker's session",
            Mode.SAFE,
            Set.of(Identity.MEMBER),
            new Portable(Siblings::planted, Siblings::victimIsKnown)),
        new Attack(
            "IDN-06.raw",
            "looks in every cookie for what the identity provider gave the server alone",
            Mode.NOISY,
            Set.of(Identity.NOBODY),
            Siblings::raw,
            ForgedTokens::honestOnesWork));
  }

  private static Resident victim(Scene scene) {
    return scene.web().resident(scene.victim().id(), Part.MEMBER);
  }

  private static String handle(Resident who) {
    return String.valueOf(who.cookies().get(Web.SESSION_COOKIE));
  }

  private static Verdict sent(Scene scene) {
    Web web = scene.web();
    // Signs in, goes to work and signs out: everything that is ever set.
    Browser browser = web.freshly(victim(scene), scene.victim().id());
    browser.ask(Ask.of("DELETE", "/v1/session"));
    List<String> given = browser.given();
    if (given.size() < 4) {
      return new Verdict.Inconclusive("of a whole visit there are only the cookies " + given);
    }
    List<String> met = new ArrayList<>();
    for (String set : given) {
      String shown = set.replaceFirst("=[^;]*", "=…");
      Optional<CookieRules> kept = CookieRules.kept(set, SERVER);
      if (kept.isEmpty()) {
        met.add("browsers throw away `" + shown + "`");
        continue;
      }
      for (String other : OTHERS) {
        if (kept.get().goesTo(other)) {
          return new Verdict.Succeeded("`" + shown + "` is sent to " + other + " too");
        }
      }
    }
    return new Verdict.Refused(
        "of "
            + given.size()
            + " cookies none goes to another host"
            + (met.isEmpty() ? "" : "; " + met));
  }

  private static Verdict planted(Scene scene) {
    Web web = scene.web();
    Resident attacker = web.resident(scene.attacker().id(), Part.MEMBER);
    String handle = handle(attacker);
    String own = Web.SESSION_COOKIE + "=" + handle(victim(scene));
    List<Reply> met = new ArrayList<>();
    for (String form : PLANTED) {
      Optional<CookieRules> kept = CookieRules.kept(form.formatted(handle), OTHERS.getFirst());
      if (kept.isEmpty() || !kept.get().goesTo(SERVER)) {
        continue;
      }
      String cookie = kept.get().sent();
      for (String field : List.of(cookie, cookie + "; " + own, own + "; " + cookie)) {
        Reply reply = web.browser(Map.of(), "").ask(Ask.get("/v1/me").with("Cookie", field));
        met.add(reply);
        if (reply.member("person_id").equals(attacker.person().toString())) {
          return new Verdict.Succeeded(
              "whoever was sent `" + form.formatted("…") + "` works in the attacker's session");
        }
      }
    }
    return new Verdict.Refused(
        "requests with planted cookies, none of them the attacker's: " + met);
  }

  /** Whoever runs the identity provider knows what it gave. */
  private static Verdict raw(Target target) {
    try (HostileIdp idp = HostileIdp.open()) {
      Attempt.believe(target, idp, idp.issuer());
      ForgedToken tokens = new ForgedToken(idp, target.web().site().origin(), Instant.now());
      List<String> given = new ArrayList<>();
      Attempt attempt =
          Attempt.at(
              target.web(),
              idp,
              nonce -> {
                given.add(tokens.of(TokenCases.honest(), nonce));
                return given.getLast();
              });
      attempt.browser().get("/workspaces");
      List<String> cookies = attempt.browser().given();
      for (String secret : List.of(given.getLast(), HostileIdp.ACCESS_TOKEN)) {
        for (String cookie : cookies) {
          if (cookie.contains(secret)) {
            return new Verdict.Succeeded(
                "a token of the identity provider's is in `" + cookie.replaceFirst("=.*", "=…`"));
          }
        }
      }
      return attempt.signedIn().isPresent()
          ? new Verdict.Refused("in " + cookies.size() + " cookies there is no token")
          : new Verdict.Inconclusive("nobody signed in: " + attempt.reply().brief());
    }
  }

  /** The probe: whoever signed in is known by their cookie. */
  private static String victimIsKnown(Scene scene) {
    Resident victim = victim(scene);
    Reply reply = scene.web().as(victim).get("/v1/me");
    if (!reply.member("person_id").equals(victim.person().toString())) {
      throw new IllegalStateException("the victim's own cookie is not known: " + reply);
    }
    return "the victim is known by their own cookie";
  }
}
