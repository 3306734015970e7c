package dev.cofferdam.review.nodes;

import dev.cofferdam.protocol.jose.PublicJwk;
import dev.cofferdam.protocol.jose.SigningKey;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A node that asks with its key: for access tokens, and with them. */
public final class NodeSession {
  private static final String TOKEN = "/oauth/token";

  private final Browser network;
  private final UUID node;
  private final SigningKey key;

  NodeSession(Browser network, UUID node, SigningKey key) {
    this.network = network;
    this.node = node;
    this.key = key;
  }

  /** What the token endpoint answers. */
  public Reply token() {
    return network.ask(
        Ask.of("POST", TOKEN)
            .with("DPoP", proof("POST", TOKEN, Map.of()))
            .form(
                Map.of(
                    "grant_type",
                    "client_credentials",
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion",
                    assertion())));
  }

  /** A request with a token that was given. */
  Reply ask(Ask ask, String token) {
    return network.ask(shown(ask, token));
  }

  /** What it sends for that: the token, and the proof that it has the key. */
  public Ask shown(Ask ask, String token) {
    String path = ask.target().replaceAll("\\?.*", "");
    return ask.with("Authorization", "DPoP " + token)
        .with("DPoP", proof(ask.method(), path, Map.of("ath", PublicJwk.digest(token))));
  }

  private String proof(String method, String path, Map<String, String> more) {
    Map<String, Object> claims = new LinkedHashMap<>(more);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", method);
    claims.put("htu", network.site().origin() + path);
    claims.put("iat", Instant.now().getEpochSecond());
    return key.stated("dpop+jwt", claims);
  }

  private String assertion() {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", node.toString());
    claims.put("sub", node.toString());
    claims.put("aud", network.site().origin());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now);
    claims.put("exp", now + 60);
    return key.asserted("client-authentication+jwt", claims);
  }
}
