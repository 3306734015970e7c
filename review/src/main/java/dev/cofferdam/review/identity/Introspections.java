package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.attack.Waiting;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.AskingDevice;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * IDN-03: somebody who has found a token asks the server what it is, or has it ended. IDN-09:
 * somebody goes on with one that was.
 */
public final class Introspections {
  private static final String PATH = "/oauth/introspect";

  /** Within which what was ended is refused, and what a busy machine takes beside it. */
  private static final Duration A_SECOND = Duration.ofMillis(1_500);

  private static final String REVOCATION = "/oauth/revoke";
  static final String NOTHING = "{\"active\":false}";

  private Introspections() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "IDN-03.introspection",
            "asks as a client of another tenant what tokens are: of services, people and nodes",
            Identity.OWNER,
            Introspections::ofAnotherTenant),
        attack(
            "IDN-03.introspection-unknown",
            "asks what a token is without having shown who asks",
            Identity.NOBODY,
            Introspections::unknown),
        attack(
            "IDN-03.revocation",
            "ends as other clients, of the tenant and of another, what tokens of a client stand on",
            Identity.OWNER,
            Introspections::revoked),
        attack(
            "IDN-09.given-up",
            "goes on with a client's token after the client has given it up",
            Identity.SERVICE_TOKEN,
            Introspections::givenUp));
  }

  private static Attack attack(String id, String does, Identity who, Portable.Assault assault) {
    return Attack.amongOwn(
        id, does, Mode.DESTRUCTIVE, Set.of(who), assault, Introspections::ownIsTold);
  }

  private static Browser owner(Web web, UUID tenant) {
    return web.as(tenant, Part.OWNER);
  }

  /** Tokens of the victim's tenant, of every holder. */
  private static Map<String, String> tokens(Web web, UUID tenant) {
    Browser owner = owner(web, tenant);
    AskingClient client = AskingClient.registered(owner, "Asked about");
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("a service's", KeyedClient.of(owner, "admin", "tenant:read").token(web.nobody()));
    tokens.put(
        "a person's",
        web.nobody()
            .bare(client.redeeming(client.code(web.as(tenant, Part.MEMBER))))
            .member("access_token"));
    tokens.put(
        "a node's",
        Machine.registered(owner, web.nobody(), "asked about " + UUID.randomUUID())
            .from(web.nobody())
            .token()
            .member("access_token"));
    tokens
        .values()
        .forEach(
            token -> {
              if (token.isEmpty()) {
                throw new IllegalStateException("there is no token to ask about");
              }
            });
    return tokens;
  }

  static Ask asking(KeyedClient client, String token) {
    return client.shown(client.assertion(client.ownKey()), token, PATH);
  }

  private static Verdict ofAnotherTenant(Scene scene) {
    Web web = scene.web();
    KeyedClient client = KeyedClient.of(web, scene.attacker().id(), "admin", "tenant:read");
    Reply none = web.nobody().bare(asking(client, "no token at all"));
    for (Map.Entry<String, String> token : tokens(web, scene.victim().id()).entrySet()) {
      Reply told = web.nobody().bare(asking(client, token.getValue()));
      if (told.text().contains("\"active\":true")) {
        return new Verdict.Succeeded("another tenant is told of " + token.getKey() + " token");
      }
      if (told.status() != none.status() || !told.text().equals(none.text())) {
        return new Verdict.Inconclusive(
            token.getKey() + " token met " + told.readable() + ", and none " + none.readable());
      }
    }
    return none.text().equals(NOTHING)
        ? new Verdict.Refused("of each it is told what it is told of a text: " + NOTHING)
        : new Verdict.Inconclusive("a text that is no token met " + none.readable());
  }

  private static Verdict unknown(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    String name = AskingClient.registered(owner(web, tenant), "With a name alone").id();
    for (Map.Entry<String, String> token : tokens(web, tenant).entrySet()) {
      for (Map<String, String> by : List.of(Map.<String, String>of(), Map.of("client_id", name))) {
        Map<String, String> form = new LinkedHashMap<>(by);
        form.put("token", token.getValue());
        Reply told = web.nobody().bare(Ask.of("POST", PATH).form(form));
        if (told.isDone()) {
          return new Verdict.Succeeded(
              "whoever says a name is told of " + token.getKey() + " token: " + told.brief());
        }
        if (!told.code().equals("invalid_client")) {
          return new Verdict.Inconclusive(token.getKey() + " token met " + told.readable());
        }
      }
    }
    return new Verdict.Refused("whoever has not shown a key is told nothing");
  }

  private static Verdict revoked(Scene scene) throws InterruptedException {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    Browser owner = owner(web, tenant);
    AskingClient client = AskingClient.registered(owner, "Attacked");
    Reply granted = web.nobody().bare(client.redeeming(client.code(web.as(tenant, Part.MEMBER))));
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("a refresh token", granted.member("refresh_token"));
    shown.put("an access token", granted.member("access_token"));
    shown.put("a personal token", Tokens.made(owner, "/v1/tokens", Map.of()).member("token"));
    KeyedClient serving = KeyedClient.of(owner, "admin", "tenant:read");
    shown.put("a token of a service", serving.token(web.nobody()));
    KeyedClient beside = KeyedClient.of(owner, "admin", "tenant:read");
    KeyedClient elsewhere = KeyedClient.of(web, scene.attacker().id(), "admin", "tenant:read");
    AskingClient named = AskingClient.registered(owner, "Of the attacker");
    for (String token : shown.values()) {
      for (Ask ask :
          List.of(
              beside.shown(beside.assertion(beside.ownKey()), token, REVOCATION),
              elsewhere.shown(elsewhere.assertion(elsewhere.ownKey()), token, REVOCATION),
              Ask.of("POST", REVOCATION).form(Map.of("client_id", named.id(), "token", token)),
              Ask.of("POST", REVOCATION)
                  .form(Map.of("client_id", AskingDevice.COMMAND_LINE, "token", token)))) {
        Reply told = web.nobody().bare(ask);
        // The same as of a token that was its own, or never one (RFC 7009, section 2.2).
        if (!told.isDone()) {
          return new Verdict.Inconclusive("a client that revokes met " + told.readable());
        }
      }
    }
    Map<String, Ask> uses = new LinkedHashMap<>();
    shown.forEach((what, token) -> uses.put(what, reading(token)));
    uses.remove("a refresh token");
    Set<String> ended = new LinkedHashSet<>();
    Waiting.within(
        A_SECOND,
        () -> {
          uses.forEach(
              (what, use) -> {
                if (!web.nobody().bare(use).isDone()) {
                  ended.add(what);
                }
              });
          return !ended.isEmpty();
        });
    if (!ended.isEmpty()) {
      return new Verdict.Succeeded(String.join(" and ", ended) + " was ended by others");
    }
    Reply renewed = web.nobody().bare(client.renewing(granted.member("refresh_token")));
    return renewed.isDone()
        ? new Verdict.Refused("others are told the same, and have ended nothing")
        : new Verdict.Succeeded("a refresh token was ended by others: " + renewed.brief());
  }

  private static Verdict givenUp(Scene scene) throws InterruptedException {
    Web web = scene.web();
    KeyedClient client = KeyedClient.of(web, scene.victim().id(), "admin", "tenant:read");
    String token = client.token(web.nobody());
    String other = client.token(web.nobody());
    if (!web.nobody().bare(reading(token)).isDone()) {
      return new Verdict.Inconclusive("a token reads nothing");
    }
    Reply told =
        web.nobody().bare(client.shown(client.assertion(client.ownKey()), token, REVOCATION));
    if (!told.isDone()) {
      return new Verdict.Inconclusive("no client gives its token up: " + told.readable());
    }
    if (!Waiting.within(A_SECOND, () -> !web.nobody().bare(reading(token)).isDone())) {
      return new Verdict.Succeeded("what its client gave up reads the tenant a second later");
    }
    Reply beside = web.nobody().bare(reading(other));
    return beside.isDone()
        ? new Verdict.Refused("it is refused, and the client's next token is not")
        : new Verdict.Inconclusive("another token of the client is refused: " + beside.readable());
  }

  private static Ask reading(String token) {
    return Tokens.bearing(Ask.get("/v1/tenant"), token);
  }

  /** A client of the tenant itself is told. */
  private static String ownIsTold(Scene scene) {
    Web web = scene.web();
    KeyedClient client = KeyedClient.of(web, scene.victim().id(), "admin", "tenant:read");
    Reply told = web.nobody().bare(asking(client, client.token(web.nobody())));
    if (!told.text().contains("\"active\":true")) {
      throw new IllegalStateException("nobody is told of tokens: " + told.readable());
    }
    return "a client is told of a token of its own tenant";
  }
}
