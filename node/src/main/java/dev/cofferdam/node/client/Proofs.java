package dev.cofferdam.node.client;

import dev.cofferdam.protocol.jose.PublicJwk;
import dev.cofferdam.protocol.jose.SigningKey;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What a node signs with its authentication key for single requests. */
final class Proofs {
  private static final long ASSERTED_FOR = 60;

  private final SigningKey key;
  private final URI origin;
  private final Clock clock;

  Proofs(SigningKey key, URI origin, Clock clock) {
    this.key = key;
    this.origin = origin;
    this.clock = clock;
  }

  /** That it has the key, in this request (RFC 9449, section 4.2). */
  String ofRequest(String method, String path) {
    return key.stated("dpop+jwt", request(method, path));
  }

  /** The same with an access token that is bound to the key. */
  String ofRequest(String method, String path, AccessToken token) {
    Map<String, Object> claims = request(method, path);
    claims.put("ath", PublicJwk.digest(token.text()));
    return key.stated("dpop+jwt", claims);
  }

  private Map<String, Object> request(String method, String path) {
    int query = path.indexOf('?');
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", method);
    claims.put("htu", origin + (query < 0 ? path : path.substring(0, query)));
    claims.put("iat", now());
    return claims;
  }

  /** That it is this client (RFC 7523, section 3). */
  String ofClient(String client) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", client);
    claims.put("sub", client);
    claims.put("aud", origin.toString());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now());
    claims.put("exp", now() + ASSERTED_FOR);
    return key.asserted("client-authentication+jwt", claims);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
