package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** IDN-03: somebody who has found a token asks the server what it is. */
public final class Introspections {
  private static final String PATH = "/oauth/introspect";
  private static final String NOTHING = "{\"active\":false}";

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
            Introspections::unknown));
  }

  private static Attack attack(String id, String does, Identity who, Attack.Assault assault) {
    return new Attack(id, does, Mode.DESTRUCTIVE, Set.of(who), assault, Introspections::ownIsTold);
  }

  private static Browser owner(Web web, UUID tenant) {
    return web.freshly(web.resident(tenant, Part.OWNER), tenant);
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
        Machine.registered(owner, web.nobody(), "asked-about")
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

  private static Ask asking(KeyedClient client, String token) {
    return Ask.of("POST", PATH)
        .form(
            Map.of(
                "token",
                token,
                "client_assertion_type",
                KeyedClient.TYPE,
                "client_assertion",
                client.assertion(client.ownKey())));
  }

  private static Verdict ofAnotherTenant(Target target) {
    Web web = target.web();
    KeyedClient client = KeyedClient.of(web, target.attacker().id(), "admin", "tenant:read");
    Reply none = web.nobody().bare(asking(client, "no token at all"));
    for (Map.Entry<String, String> token : tokens(web, target.victim().id()).entrySet()) {
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

  private static Verdict unknown(Target target) {
    Web web = target.web();
    UUID tenant = target.victim().id();
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

  /** A client of the tenant itself is told. */
  private static String ownIsTold(Target target) {
    Web web = target.web();
    KeyedClient client = KeyedClient.of(web, target.victim().id(), "admin", "tenant:read");
    Reply told = web.nobody().bare(asking(client, client.token(web.nobody())));
    if (!told.text().contains("\"active\":true")) {
      throw new IllegalStateException("nobody is told of tokens: " + told.readable());
    }
    return "a client is told of a token of its own tenant";
  }
}
