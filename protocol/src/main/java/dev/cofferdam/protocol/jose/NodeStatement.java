package dev.cofferdam.protocol.jose;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a node signs of itself when its keys become known to a server: with the very key that is to
 * be its authentication key from then on.
 */
public final class NodeStatement {
  /** The {@code typ} of its header. */
  public static final String TYPE = "cofferdam-node+jws";

  /** For which server it is: its origin. */
  public static final String AUDIENCE = "aud";

  /** When it was made, in seconds since 1970. */
  public static final String MADE_AT = "iat";

  /** The public key that is sealed to from then on, as a JWK. */
  public static final String RECEIVING_KEY = "receiving_key";

  /** In a registration: what lets the machine become a node. */
  public static final String BOOTSTRAP_TOKEN = "bootstrap_token";

  /** In a change of keys: which node it is. */
  public static final String NODE = "node_id";

  /** In a change of keys: the thumbprint of the authentication key until then. */
  public static final String INSTEAD_OF = "instead_of";

  private NodeStatement() {}

  /** That the keys are to be those of a new node. */
  public static String registration(
      SigningKey key, PublicJwk receiving, String token, String audience, long seconds) {
    Map<String, Object> claims = claims(receiving, audience, seconds);
    claims.put(BOOTSTRAP_TOKEN, token);
    return key.stated(TYPE, claims);
  }

  /** That the keys are to be those of a node that has others so far. */
  public static String change(
      SigningKey key,
      PublicJwk receiving,
      String node,
      String insteadOf,
      String audience,
      long seconds) {
    Map<String, Object> claims = claims(receiving, audience, seconds);
    claims.put(NODE, node);
    claims.put(INSTEAD_OF, insteadOf);
    return key.stated(TYPE, claims);
  }

  private static Map<String, Object> claims(PublicJwk receiving, String audience, long seconds) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put(AUDIENCE, audience);
    claims.put(MADE_AT, seconds);
    claims.put(RECEIVING_KEY, receiving.members());
    return claims;
  }
}
