package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.issuer.ForgedToken;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TokenCases;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.ChannelRefusedException;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Outside;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * IDN-12, and the last of IDN-01: being somebody without having shown it, by saying so; and the
 * development IdP, which asks nobody for proof, from elsewhere.
 */
public final class Unproven {
  /** Nothing was shown, or what is no token. */
  private static final Set<String> NOBODY = Set.of("unauthenticated", "invalid_token");

  private static final String EVERYWHERE = "0.0.0.0";
  private static final List<String> ROUTES =
      List.of("/v1/workspaces", "/v1/tenant", "/v1/me", "/home");

  private Unproven() {}

  public static List<Attack> all() {
    return List.of(
        Attack.portable(
            "IDN-01.bearer",
            "shows id tokens of its own identity provider where a session or an access token belongs",
            Mode.SAFE,
            Set.of(Identity.NOBODY),
            new Portable(scene -> played(scene, bearer(scene)), scene -> isAlive(scene.web()))),
        Attack.portable(
            "IDN-12.claimed",
            "says in every header field that some proxy would set who it is",
            Mode.SAFE,
            Set.of(Identity.NOBODY),
            new Portable(scene -> played(scene, claimed(scene)), scene -> isAlive(scene.web()))),
        new Attack(
            "IDN-12.other-host",
            "has a name of its own lead to the development IdP",
            Mode.SAFE,
            Set.of(Identity.NOBODY),
            Unproven::otherHost,
            Unproven::isAlive),
        new Attack(
            "IDN-12.elsewhere",
            "has the development IdP listen where others reach it, or beside what others reach",
            Mode.SAFE,
            Set.of(Identity.OPERATOR),
            Unproven::elsewhere,
            Unproven::isAlive));
  }

  private static List<UnaryOperator<Ask>> bearer(Scene scene) {
    try (HostileIdp idp = HostileIdp.open()) {
      String token =
          new ForgedToken(idp, scene.web().site().origin(), Instant.now())
              .of(TokenCases.honest(), "n");
      return List.of(
          ask -> ask.with("Authorization", "Bearer " + token),
          ask -> ask.with("Authorization", "DPoP " + token),
          ask -> ask.with("Cookie", Web.SESSION_COOKIE + "=" + token),
          ask -> ask.with("Cookie", "access_token=" + token + "; id_token=" + token),
          ask -> ask.with("X-Forwarded-Access-Token", token));
    }
  }

  private static List<UnaryOperator<Ask>> claimed(Scene scene) {
    Resident victim = scene.web().resident(scene.victim().id(), Part.OWNER);
    List<UnaryOperator<Ask>> all = new ArrayList<>();
    for (String name :
        List.of(
            "X-Forwarded-User",
            "X-User",
            "X-User-Id",
            "X-Person-Id",
            "X-Remote-User",
            "Remote-User",
            "REMOTE_USER",
            "X-Auth-Request-User",
            "X-Webauth-User",
            "X-Authenticated-User",
            "X-Session-Id",
            "X-Original-User",
            "X-Debug",
            "Cofferdam-Person")) {
      all.add(ask -> ask.with(name, victim.person().toString()));
    }
    String basic = victim.person() + ":";
    all.add(
        ask ->
            ask.with(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8))));
    all.add(ask -> ask.with("Authorization", "Bearer " + victim.session()));
    all.add(ask -> ask.with("Cookie", Web.SESSION_COOKIE + "=" + victim.session()));
    all.add(ask -> ask.with("Cookie", Web.SESSION_COOKIE + "="));
    all.add(ask -> ask.with("X-HTTP-Method-Override", "OPTIONS"));
    return all;
  }

  private static Verdict played(Scene scene, List<UnaryOperator<Ask>> manners) {
    int asked = 0;
    Browser nobody = scene.web().nobody();
    for (UnaryOperator<Ask> manner : manners) {
      for (String route : ROUTES) {
        Ask ask = manner.apply(Ask.get(route));
        Reply reply = nobody.ask(ask);
        asked++;
        if (reply.isDone() || reply.readable().contains(scene.victim().canary())) {
          return new Verdict.Succeeded(
              ask + " with " + ask.fields() + " was answered " + reply.brief());
        }
        if (!NOBODY.contains(reply.code())) {
          return new Verdict.Inconclusive(ask + " with " + ask.fields() + " met " + reply.brief());
        }
      }
    }
    return new Verdict.Refused(asked + " requests in the name of others: unauthenticated");
  }

  private static Verdict otherHost(Target target) throws IOException {
    URI page = URI.create(target.web().nobody().get("/sign-in").field("Location").orElseThrow());
    Site idp = new Site(page.getHost(), page.getPort());
    List<String> met = new ArrayList<>();
    for (String host :
        List.of(
            "evil.example",
            "evil.example:" + idp.port(),
            idp.authority() + ".evil.example",
            "localhost.evil.example:" + idp.port(),
            idp.host(),
            "127.1:" + idp.port(),
            "[::ffff:127.0.0.1]:" + idp.port())) {
      for (String path :
          List.of(
              "/.well-known/openid-configuration",
              page.getRawPath() + "?" + page.getRawQuery(),
              "http://" + idp.authority() + "/jwks")) {
        try (Line line = Line.open(idp)) {
          Reply reply = line.ask(Ask.get(path).with("Host", host));
          if (reply.isDone()) {
            return new Verdict.Succeeded(
                "as `" + host + "` the development IdP answers " + path + ": " + reply.status());
          }
          met.add(Integer.toString(reply.status()));
        }
      }
    }
    return new Verdict.Refused(met.size() + " requests under other names: " + Set.copyOf(met));
  }

  private static Verdict elsewhere(Target target) throws IOException {
    List<String> met = new ArrayList<>();
    try {
      int port = target.server().openIdp(EVERYWHERE, "127.0.0.1");
      String host = Outside.address().orElse("127.0.0.1");
      try (Line line = Line.open(new Site(host, port))) {
        Reply reply =
            line.ask(
                Ask.get("/.well-known/openid-configuration").with("Host", "localhost:" + port));
        return new Verdict.Succeeded(
            "the development IdP answers at " + host + ": " + reply.status());
      }
    } catch (ChannelRefusedException refused) {
      met.add(refused.readable());
    }
    try {
      target.server().openIdp("127.0.0.1", EVERYWHERE);
      return new Verdict.Succeeded(
          "the development IdP signs people in at a server that others reach");
    } catch (ChannelRefusedException refused) {
      met.add(refused.readable());
    }
    return new Verdict.Refused("does not start: " + met);
  }

  /** The probe: who is nobody may look at what is everybody's, and at the way in. */
  private static String isAlive(Target target) {
    return isAlive(target.web());
  }

  private static String isAlive(Web web) {
    Browser nobody = web.nobody();
    Reply reply = nobody.get("/sign-in");
    if (!reply.isDone()) {
      throw new IllegalStateException("nor is there a way to sign in: " + reply);
    }
    return "the way in is open";
  }
}
