package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Set;

/**
 * The algorithms that a foreign token may be signed by: public keys alone. What is not here can be
 * agreed on by nobody: not {@code none}, and no HMAC, whose key would be the public one.
 */
final class Algorithms {
  static final Set<JWSAlgorithm> ALLOWED =
      Set.of(
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512);

  private Algorithms() {}

  /** The hash that an algorithm ends in, as OpenID Connect uses it for {@code at_hash}. */
  static String hash(JWSAlgorithm algorithm) {
    return "SHA-" + algorithm.getName().substring(2);
  }
}
