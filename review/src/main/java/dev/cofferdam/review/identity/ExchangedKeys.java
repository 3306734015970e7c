package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.attack.Waiting;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * ADM-03: a key of a client that was exchanged for another, a key of another client, and what a
 * client has signed for one place, shown at the others.
 */
public final class ExchangedKeys {
  private static final String READ = "tenant:read";

  /** Within which an older key is refused, and what a busy machine takes beside it. */
  private static final Duration A_SECOND = Duration.ofMillis(2_000);

  private ExchangedKeys() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "ADM-03.old-key",
            "goes on with the key of a client after it was exchanged for another",
            ExchangedKeys::oldKey),
        attack(
            "ADM-03.foreign-key",
            "signs for a client with keys of others, with a key of theirs from before, and with one that is theirs next",
            ExchangedKeys::foreignKeys),
        attack(
            "ADM-03.across",
            "shows an assertion that was used at one endpoint at every other",
            ExchangedKeys::across));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.restedAmongOwn(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.SERVICE_TOKEN),
        assault,
        ExchangedKeys::newKeysWork);
  }

  private static Browser owner(Scene scene, UUID tenant) {
    Web web = scene.web();
    return web.as(tenant, Part.OWNER);
  }

  private static void exchanged(Browser owner, KeyedClient client, KeyPair... keys) {
    Reply reply = owner.ask(client.exchanging(keys));
    if (!reply.isDone()) {
      throw new IllegalStateException("nobody exchanges keys: " + reply.readable());
    }
  }

  private static Verdict oldKey(Scene scene) throws InterruptedException {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    Browser owner = owner(scene, tenant);
    KeyedClient client = KeyedClient.of(owner, "auditor", READ);
    // Whoever asks is remembered with their keys.
    client.token(web.nobody());
    KeyPair next = KeyedClient.key();
    exchanged(owner, client, client.ownKey(), next);
    for (KeyPair both : List.of(client.ownKey(), next)) {
      if (!web.nobody().bare(client.asking(client.assertion(both))).isDone()) {
        return new Verdict.Inconclusive("there is no time in which both keys are good");
      }
    }
    exchanged(owner, client, next);
    if (!Waiting.within(A_SECOND, () -> !web.nobody().bare(client.asking()).isDone())) {
      return new Verdict.Succeeded("the older key gets tokens a second later");
    }
    Reply reply = web.nobody().bare(client.asking());
    return reply.code().equals("invalid_client")
        ? new Verdict.Refused("within a second: " + reply.brief())
        : new Verdict.Inconclusive("the older key met " + reply.readable());
  }

  private static Verdict foreignKeys(Scene scene) {
    Web web = scene.web();
    Browser owner = owner(scene, scene.victim().id());
    KeyedClient client = KeyedClient.of(owner, "auditor", READ);
    KeyedClient beside = KeyedClient.of(owner, "auditor", READ);
    KeyedClient elsewhere = KeyedClient.of(owner(scene, scene.attacker().id()), "auditor", READ);
    KeyPair dropped = KeyedClient.key();
    exchanged(owner, beside, dropped);
    exchanged(owner, beside, beside.ownKey());
    Map<String, KeyPair> keys = new LinkedHashMap<>();
    keys.put("another client of the tenant", beside.ownKey());
    keys.put("that client before", dropped);
    keys.put("a client of another tenant", elsewhere.ownKey());
    List<String> met = new ArrayList<>();
    for (Map.Entry<String, KeyPair> key : keys.entrySet()) {
      for (Ask asking :
          List.of(
              client.asking(client.assertion(key.getValue())),
              client.asking(client.assertion(key.getValue())).field("client_id", client.id()))) {
        Reply reply = web.nobody().bare(asking);
        if (reply.isDone()) {
          return new Verdict.Succeeded("a token of the client's by the key of " + key.getKey());
        }
        if (!reply.code().equals("invalid_client")) {
          return new Verdict.Inconclusive(key.getKey() + " met " + reply.readable());
        }
        met.add(reply.code());
      }
    }
    // What another has signed of itself, beside the client's name.
    Reply mixed = web.nobody().bare(beside.asking().field("client_id", client.id()));
    return mixed.code().equals("invalid_client")
        ? new Verdict.Refused(met.size() + 1 + " assertions by keys of others met invalid_client")
        : new Verdict.Inconclusive("another's own assertion met " + mixed.readable());
  }

  private static Verdict across(Scene scene) {
    Web web = scene.web();
    KeyedClient client = KeyedClient.of(owner(scene, scene.victim().id()), "auditor", READ);
    String token = client.token(web.nobody());
    Set<String> met = new TreeSet<>();
    List<String> places = List.of("/oauth/token", "/oauth/introspect", "/oauth/revoke");
    for (String first : places) {
      String caught = client.assertion(client.ownKey());
      Reply own = web.nobody().bare(client.shown(caught, token, first));
      if (!own.isDone()) {
        return new Verdict.Inconclusive(first + " is none of its places: " + own.readable());
      }
      for (String next :
          List.of("/oauth/token", "/oauth/introspect", "/oauth/revoke", "/oauth/device")) {
        Reply reply = web.nobody().bare(client.shown(caught, token, next));
        if (reply.isDone() || reply.code().equals("unauthorized_client")) {
          return new Verdict.Succeeded(
              "what was shown at %s is believed at %s: %s".formatted(first, next, reply.brief()));
        }
        if (!reply.code().equals("invalid_client")) {
          return new Verdict.Inconclusive(next + " met " + reply.readable());
        }
        met.add(reply.code());
      }
    }
    return new Verdict.Refused("an assertion is good at one place, once: " + met);
  }

  /** The probe: a client whose keys were exchanged gets tokens by the new one, at once. */
  private static String newKeysWork(Scene scene) {
    Web web = scene.web();
    Browser owner = owner(scene, scene.attacker().id());
    KeyedClient client = KeyedClient.of(owner, "auditor", READ);
    client.token(web.nobody());
    KeyPair next = KeyedClient.key();
    exchanged(owner, client, next);
    Reply reply = web.nobody().bare(client.asking(client.assertion(next)));
    if (!reply.isDone()) {
      throw new IllegalStateException("a new key is none: " + reply.readable());
    }
    return "a client gets a token by the key that it was given instead";
  }
}
