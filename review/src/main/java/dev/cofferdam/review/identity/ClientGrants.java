package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.attack.Waiting;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Crowd;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * IDN-04 and IDN-05: codes and refresh tokens that are used more than once or by somebody else, and
 * people who are to let programs have what they never meant to.
 */
public final class ClientGrants {
  private static final int AT_ONCE = 100;
  private static final String APPLICATION = "cofferdam_app";
  private static final String OPS = "cofferdam_ops";

  /** Connections of a role: enough for some at once, and as the laboratory has them. */
  private static final int SEVERAL = 6;

  private static final int USUAL = 2;

  /** Within which what was ended is refused, and what a busy machine takes beside it. */
  private static final Duration A_SECOND = Duration.ofMillis(2_000);

  private static final String INVALID_GRANT = "invalid_grant";
  private static final String HOSTILE = "https://elsewhere.example/";

  private ClientGrants() {}

  public static List<Attack> all() {
    return List.of(
        inside(
            "IDN-04.code",
            "redeems one code a hundred times at once, and goes on with what it got",
            ClientGrants::codeManyTimes),
        inside(
            "IDN-04.refresh",
            "renews with one refresh token a hundred times at once, and goes on with what it got",
            ClientGrants::refreshManyTimes),
        attack(
            "IDN-04.stolen",
            "redeems somebody else's code as another client, without its verifier, or for another place",
            ClientGrants::stolenCode),
        attack(
            "IDN-04.stolen-refresh",
            "renews with somebody else's refresh token as another client",
            ClientGrants::stolenRefresh),
        attack(
            "IDN-04.downgrade",
            "asks without a challenge, or with one that whoever sees it can answer",
            ClientGrants::downgraded),
        attack(
            "IDN-05.elsewhere",
            "leads somebody to the consent page with a place of the attacker's for the answer",
            ClientGrants::elsewhere),
        inside(
            "IDN-05.registration",
            "registers clients whose answers would go to places of the attacker's",
            ClientGrants::hostileRegistration),
        attack(
            "IDN-05.silent",
            "has another site send the consent of somebody who was asked nothing",
            ClientGrants::silent));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.amongOwn(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.OWNER),
        assault,
        ClientGrants::peopleStillConsent);
  }

  /** One that has the server's pools made wider, or its settings. */
  private static Attack inside(String id, String does, Attack.Assault assault) {
    return new Attack(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.OWNER),
        assault,
        target -> peopleStillConsent(target.scene()));
  }

  private static AskingClient client(Web web, UUID tenant, String name) {
    return AskingClient.registered(web.as(tenant, Part.OWNER), name);
  }

  private static Reply reading(Web web, Reply issued) {
    return web.nobody().bare(Tokens.bearing(Ask.get("/v1/tenant"), issued.member("access_token")));
  }

  /** Whether what was issued is refused within a second. */
  private static boolean dies(Web web, Reply issued) throws InterruptedException {
    return Waiting.within(A_SECOND, () -> !reading(web, issued).isDone());
  }

  private static Verdict codeManyTimes(Target target) throws InterruptedException {
    Web web = target.web();
    UUID tenant = target.victim().id();
    AskingClient client = client(web, tenant, "Attacked");
    String code = client.code(web.as(tenant, Part.MEMBER));
    return once(target, client.redeeming(code));
  }

  private static Verdict refreshManyTimes(Target target) throws InterruptedException {
    Web web = target.web();
    UUID tenant = target.victim().id();
    AskingClient client = client(web, tenant, "Attacked");
    Reply first = web.nobody().bare(client.redeeming(client.code(web.as(tenant, Part.MEMBER))));
    if (!first.isDone()) {
      return new Verdict.Inconclusive("no code is redeemed: " + first.readable());
    }
    return once(target, client.renewing(first.member("refresh_token")));
  }

  /** Sends it a hundred times at once: it is good for one, and that one is dead afterwards. */
  private static Verdict once(Target target, Ask ask) throws InterruptedException {
    Web web = target.web();
    Crowd crowd = new Crowd();
    for (int n = 0; n < AT_ONCE; n++) {
      crowd.with(web.nobody(), ask);
    }
    target.server().poolSize(APPLICATION, SEVERAL);
    target.server().poolSize(OPS, SEVERAL);
    List<Reply> replies;
    try {
      replies = new ArrayList<>(crowd.send());
    } finally {
      target.server().poolSize(APPLICATION, USUAL);
      target.server().poolSize(OPS, USUAL);
    }
    // Whoever had to wait too long asks again, and so does who was first.
    replies.removeIf(reply -> reply.member("error").equals("temporarily_unavailable"));
    replies.add(web.nobody().bare(ask));
    List<Reply> issued = replies.stream().filter(Reply::isDone).toList();
    String met = issued.size() + " of " + replies.size() + " got tokens";
    if (issued.size() > 1) {
      return new Verdict.Succeeded("it was good for more than one: " + met);
    }
    boolean told =
        replies.stream()
            .filter(reply -> !reply.isDone())
            .allMatch(reply -> reply.member("error").equals(INVALID_GRANT));
    if (!told) {
      return new Verdict.Inconclusive(met + ", and others met " + Crowd.summary(replies));
    }
    for (Reply one : issued) {
      if (!dies(web, one)) {
        return new Verdict.Succeeded("what it began lives on after it came again");
      }
    }
    return new Verdict.Refused(met + ", and what they got is dead");
  }

  private static Verdict stolenCode(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    AskingClient client = client(web, tenant, "Attacked");
    AskingClient other = client(web, tenant, "Of the attacker");
    String code = client.code(web.as(tenant, Part.MEMBER));
    Map<String, Ask> ways = new LinkedHashMap<>();
    ways.put("another client", other.redeeming(code));
    ways.put(
        "no verifier",
        client.redeeming(code, AskingClient.REDIRECT, "x".repeat(AskingClient.VERIFIER.length())));
    ways.put("another place", client.redeeming(code, HOSTILE, AskingClient.VERIFIER));
    return refusedAll(web, ways, client.redeeming(code));
  }

  private static Verdict stolenRefresh(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    AskingClient client = client(web, tenant, "Attacked");
    AskingClient other = client(web, tenant, "Of the attacker");
    Reply first = web.nobody().bare(client.redeeming(client.code(web.as(tenant, Part.MEMBER))));
    String refresh = first.member("refresh_token");
    return refusedAll(
        web, Map.of("another client", other.renewing(refresh)), client.renewing(refresh));
  }

  /**
   * @param rightful what its own client does, which nothing before may have used up
   */
  private static Verdict refusedAll(Web web, Map<String, Ask> ways, Ask rightful) {
    for (Map.Entry<String, Ask> way : ways.entrySet()) {
      Reply reply = web.nobody().bare(way.getValue());
      if (reply.isDone()) {
        return new Verdict.Succeeded(way.getKey() + " got tokens");
      }
      if (!reply.member("error").equals(INVALID_GRANT)) {
        return new Verdict.Inconclusive(way.getKey() + " met " + reply.readable());
      }
    }
    Reply own = web.nobody().bare(rightful);
    return own.isDone()
        ? new Verdict.Refused(ways.keySet() + " got nothing, and used nothing up")
        : new Verdict.Inconclusive("not even its own client: " + own.readable());
  }

  private static Verdict downgraded(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    AskingClient client = client(web, tenant, "Attacked");
    String seen = "x".repeat(43);
    Map<String, String> none = client.asking();
    none.remove("code_challenge");
    none.remove("code_challenge_method");
    Map<String, String> plain = client.asking();
    plain.put("code_challenge", seen);
    plain.put("code_challenge_method", "plain");
    for (Map<String, String> asking : List.of(none, plain)) {
      Reply reply = web.as(tenant, Part.MEMBER).ask(AskingClient.allowing(asking));
      Optional<String> code = AskingClient.answered(reply).map(told -> told.get("code"));
      if (code.isPresent()) {
        Reply redeemed =
            web.nobody().bare(client.redeeming(code.get(), AskingClient.REDIRECT, seen));
        if (redeemed.isDone()) {
          return new Verdict.Succeeded("a code was redeemed by what its request shows");
        }
      }
    }
    return new Verdict.Refused("no code is had without a proof that the client alone can give");
  }

  private static Verdict elsewhere(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    AskingClient client = client(web, tenant, "Attacked");
    for (String place :
        List.of(
            HOSTILE,
            AskingClient.REDIRECT + "/",
            AskingClient.REDIRECT + "?next=" + HOSTILE,
            AskingClient.REDIRECT.replace(".example", ".example.elsewhere.example"),
            AskingClient.REDIRECT.replace("https://", "https://elsewhere.example\\@"),
            "javascript:alert(1)",
            "//elsewhere.example/")) {
      Map<String, String> asking = client.asking();
      asking.put("redirect_uri", place);
      Browser member = web.as(tenant, Part.MEMBER);
      List<Reply> replies =
          List.of(
              member.ask(AskingClient.led(asking)),
              web.nobody().ask(AskingClient.led(asking)),
              member.ask(AskingClient.allowing(asking)));
      for (Reply reply : replies) {
        Optional<String> to = reply.field("Location");
        if (to.filter(where -> where.startsWith(place)).isPresent()) {
          return new Verdict.Succeeded("a browser was sent to " + to.get());
        }
      }
      if (replies.stream().anyMatch(Reply::isDone)) {
        return new Verdict.Inconclusive(place + " met " + Crowd.summary(replies));
      }
    }
    return new Verdict.Refused("no browser is sent where the client is not");
  }

  private static Verdict hostileRegistration(Target target) {
    Web web = target.web();
    for (String place :
        List.of(
            "http://elsewhere.example/done",
            "http://127.0.0.1.elsewhere.example/done",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://elsewhere.example/#",
            "https://*.example/",
            "//elsewhere.example/")) {
      Reply reply = web.nobody().bare(registering(place));
      if (reply.isDone()) {
        return new Verdict.Succeeded("a client is answered at " + place);
      }
      if (!reply.member("error").equals("invalid_redirect_uri")) {
        return new Verdict.Inconclusive(place + " met " + reply.readable());
      }
    }
    Reply honest = web.nobody().bare(registering("http://127.0.0.1/done"));
    if (!honest.isDone()) {
      return new Verdict.Inconclusive("nobody registers: " + honest.readable());
    }
    UUID tenant = target.victim().id();
    Map<String, String> asking = new AskingClient(honest.member("client_id")).asking();
    asking.put("redirect_uri", "http://127.0.0.1:61000/done");
    Reply page = web.as(tenant, Part.MEMBER).ask(AskingClient.led(asking));
    return page.text().contains("nobody but itself")
        ? new Verdict.Refused("answers go to sites with TLS, to one's own machine and to apps")
        : new Verdict.Inconclusive("a consent page says nothing of whose word it is");
  }

  private static Ask registering(String place) {
    return Ask.of("POST", "/oauth/register")
        .json(Map.of("client_name", "Of the attacker", "redirect_uris", List.of(place)));
  }

  private static Verdict silent(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    AskingClient client = client(web, tenant, "Of the attacker");
    Browser member = web.as(tenant, Part.MEMBER);
    Ask consent = AskingClient.allowing(client.asking());
    for (Ask sent :
        List.of(consent, consent.with("Origin", HOSTILE.substring(0, HOSTILE.length() - 1)))) {
      Reply reply = member.bare(sent);
      if (AskingClient.answered(reply).filter(told -> told.containsKey("code")).isPresent()) {
        return new Verdict.Succeeded("a code was made that nobody was asked about");
      }
    }
    Reply page = member.ask(AskingClient.led(client.asking()));
    return page.status() == 200 && page.text().contains("Of the attacker")
        ? new Verdict.Refused("it takes a page of this server, and somebody who presses its button")
        : new Verdict.Inconclusive("nobody is asked: " + page.brief());
  }

  /** Another person lets another client have something, which works. */
  private static String peopleStillConsent(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    AskingClient client = client(web, tenant, "Honest");
    Reply issued = web.nobody().bare(client.redeeming(client.code(web.as(tenant, Part.ADMIN))));
    Reply read = reading(web, issued);
    if (!read.text().contains(scene.victim().canary())) {
      throw new IllegalStateException(
          "a client reads nothing: " + issued.brief() + ", " + read.readable());
    }
    return "an admin lets a client read the tenant, and it does";
  }
}
