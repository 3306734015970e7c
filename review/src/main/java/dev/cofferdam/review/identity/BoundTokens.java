package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Crowd;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * IDN-10 and the half of IDN-01 that is about access tokens: whoever caught a token that is bound
 * to a key, a proof, or an assertion, and has not the key.
 */
public final class BoundTokens {
  private static final String READ = "/v1/tenant";
  private static final String[] SCOPES = {"tenant:read", "groups:read"};
  private static final int AT_ONCE = 100;

  private BoundTokens() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "IDN-10.bare",
            "shows a caught token that is bound to a key as one that is bound to none",
            BoundTokens::bare),
        attack(
            "IDN-10.key",
            "shows a caught token with a proof of a key of one's own",
            BoundTokens::otherKey),
        attack(
            "IDN-10.replayed",
            "sends a caught request again, many times at once",
            BoundTokens::replayed),
        attack(
            "IDN-10.moved",
            "shows a caught proof, which was never delivered, with another request",
            BoundTokens::moved),
        attack(
            "IDN-10.token",
            "shows a proof that was made for one token beside another of the same key",
            BoundTokens::otherToken),
        attack(
            "IDN-10.assertion",
            "asks for a client's token with an assertion signed by a key of one's own",
            BoundTokens::forgedAssertion),
        attack(
            "IDN-10.assertion-again",
            "asks for tokens with one caught assertion, many times at once",
            BoundTokens::assertionAgain),
        attack(
            "IDN-01.changed",
            "changes in an access token whose it is, or signs one with a key of one's own",
            BoundTokens::forged));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.amongOwn(
        id, does, Mode.NOISY, Set.of(Identity.SERVICE_TOKEN), assault, BoundTokens::boundOnesWork);
  }

  private static KeyedClient victims(Scene scene) {
    return KeyedClient.of(scene.web(), scene.victim().id(), "member", SCOPES);
  }

  private static Ask with(String scheme, String token) {
    return Ask.get(READ).with("Authorization", scheme + " " + token);
  }

  /** What came of a request that only the victim's client may make. */
  private static Verdict judged(Scene scene, Reply reply, String wanted) {
    if (reply.text().contains(scene.victim().canary())) {
      return new Verdict.Succeeded("it reads as the client: " + reply.brief());
    }
    return reply.code().matches(wanted)
        ? new Verdict.Refused("met " + reply.brief())
        : new Verdict.Inconclusive("met " + reply.readable());
  }

  private static Verdict bare(Scene scene) {
    KeyedClient client = victims(scene);
    String token = client.boundTo(KeyedClient.key(), scene.web().nobody());
    return judged(scene, scene.web().nobody().bare(with("Bearer", token)), "invalid_token");
  }

  private static Verdict otherKey(Scene scene) {
    KeyedClient client = victims(scene);
    String token = client.boundTo(KeyedClient.key(), scene.web().nobody());
    String proof = client.proof(KeyedClient.key(), "GET", READ, token);
    return judged(
        scene,
        scene.web().nobody().bare(with("DPoP", token).with("DPoP", proof)),
        "invalid_dpop_proof");
  }

  private static Verdict replayed(Scene scene) throws InterruptedException {
    KeyedClient client = victims(scene);
    KeyPair key = KeyedClient.key();
    String token = client.boundTo(key, scene.web().nobody());
    Ask caught = with("DPoP", token).with("DPoP", client.proof(key, "GET", READ, token));
    return once(scene, caught, "invalid_dpop_proof");
  }

  private static Verdict moved(Scene scene) {
    KeyedClient client = victims(scene);
    KeyPair key = KeyedClient.key();
    String token = client.boundTo(key, scene.web().nobody());
    List<String> met = new ArrayList<>();
    for (String proof :
        List.of(
            client.proof(key, "GET", "/v1/groups", token),
            client.proof(key, "POST", READ, token),
            client.proof(key, "GET", READ + "/", token))) {
      Verdict verdict =
          judged(
              scene,
              scene.web().nobody().bare(with("DPoP", token).with("DPoP", proof)),
              "invalid_dpop_proof");
      if (!(verdict instanceof Verdict.Refused)) {
        return verdict;
      }
      met.add("invalid_dpop_proof");
    }
    return new Verdict.Refused(met.size() + " proofs of other requests: " + Set.copyOf(met));
  }

  private static Verdict otherToken(Scene scene) {
    KeyedClient client = victims(scene);
    KeyPair key = KeyedClient.key();
    String proof = client.proof(key, "GET", READ, client.boundTo(key, scene.web().nobody()));
    return judged(
        scene,
        scene
            .web()
            .nobody()
            .bare(with("DPoP", client.boundTo(key, scene.web().nobody())).with("DPoP", proof)),
        "invalid_dpop_proof");
  }

  private static Verdict forgedAssertion(Scene scene) {
    KeyedClient client = victims(scene);
    Web web = scene.web();
    Reply reply = web.nobody().bare(client.asking(client.assertion(KeyedClient.key())));
    if (!reply.isDone()) {
      return reply.code().equals("invalid_client")
          ? new Verdict.Refused("met " + reply.brief())
          : new Verdict.Inconclusive("met " + reply.readable());
    }
    return judged(
        scene,
        web.nobody().bare(with("Bearer", reply.member("access_token"))),
        "nothing that is refused");
  }

  private static Verdict assertionAgain(Scene scene) throws InterruptedException {
    KeyedClient client = victims(scene);
    return once(scene, client.asking(client.assertion(client.ownKey())), "invalid_client");
  }

  /** Whether of many at once one alone is answered. */
  private static Verdict once(Scene scene, Ask caught, String wanted) throws InterruptedException {
    List<Reply> replies = atOnce(scene.web(), caught);
    long done = replies.stream().filter(Reply::isDone).count();
    if (done > 1) {
      return new Verdict.Succeeded(done + " of " + replies.size() + " were answered");
    }
    for (Reply reply : replies) {
      if (!reply.isDone() && !reply.code().equals(wanted)) {
        return new Verdict.Inconclusive("met " + reply.readable());
      }
    }
    return done == 1
        ? new Verdict.Refused("one of " + replies.size() + ", and " + wanted)
        : new Verdict.Inconclusive("none was answered");
  }

  private static List<Reply> atOnce(Web web, Ask ask) throws InterruptedException {
    Crowd crowd = new Crowd();
    for (int n = 0; n < AT_ONCE; n++) {
      crowd.with(web.nobody(), ask);
    }
    return crowd.send();
  }

  /** Whose it is: the victim's, by everything that an attacker can know of it. */
  private static Verdict forged(Scene scene) {
    Web web = scene.web();
    KeyedClient victims = victims(scene);
    KeyedClient own = KeyedClient.of(web, scene.attacker().id(), "member", SCOPES);
    String[] parts = own.token(web.nobody()).split("\\.");
    Map<String, Object> claims = changed(parts[1], scene.victim().id(), victims.id());
    Map<String, Object> header = json(parts[0]);
    Map<String, String> forged = new LinkedHashMap<>();
    forged.put("changed", parts[0] + "." + encoded(claims) + "." + parts[2]);
    forged.put("signed by another", KeyedClient.signed(header, claims, KeyedClient.key()));
    header.put("alg", "none");
    forged.put("not signed", encoded(header) + "." + encoded(claims) + ".");
    List<String> met = new ArrayList<>();
    for (Map.Entry<String, String> token : forged.entrySet()) {
      Verdict verdict =
          judged(
              scene,
              web.nobody().bare(with("Bearer", token.getValue())),
              "invalid_token|rate_limited");
      if (!(verdict instanceof Verdict.Refused)) {
        return verdict;
      }
      met.add(token.getKey());
    }
    return new Verdict.Refused("refused: " + met);
  }

  private static Map<String, Object> changed(String part, UUID tenant, String client) {
    Map<String, Object> claims = json(part);
    claims.put("tenant_id", tenant.toString());
    claims.put("holder_id", client);
    claims.put("client_id", client);
    claims.put("sub", client);
    return claims;
  }

  private static Map<String, Object> json(String part) {
    Map<String, Object> members = new LinkedHashMap<>();
    ObjectNode read =
        (ObjectNode) JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(part));
    read.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  private static String encoded(Map<String, Object> json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            JsonMapper.shared().writeValueAsString(json).getBytes(StandardCharsets.UTF_8));
  }

  /** The probe: a client of the other tenant reads with a token and a proof of its key. */
  private static String boundOnesWork(Scene scene) {
    KeyedClient client = victims(scene);
    KeyPair key = KeyedClient.key();
    String token = client.boundTo(key, scene.web().nobody());
    Reply reply =
        scene
            .web()
            .nobody()
            .bare(with("DPoP", token).with("DPoP", client.proof(key, "GET", READ, token)));
    if (!reply.text().contains(scene.victim().canary())) {
      throw new IllegalStateException("no bound token reads anything: " + reply.readable());
    }
    return "a token reads with a proof of its key";
  }
}
