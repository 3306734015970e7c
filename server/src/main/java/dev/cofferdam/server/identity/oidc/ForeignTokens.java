package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one verifier of tokens that others have signed. First the header, which decides whether a key
 * is looked for at all; then the signature; then what the token says. Safe for use by many threads.
 */
public final class ForeignTokens {
  /** What the header of an id token may call it. An access token is {@code at+jwt} (RFC 9068). */
  private static final Set<String> TYPES = Set.of("jwt", "application/jwt");

  /** By which a token brings its key along. The thumbprints of certificates do not. */
  private static final Set<String> KEYS = Set.of("jwk", "jku", "x5u", "x5c");

  private final ClaimChecks checks;

  ForeignTokens(Clock clock) {
    this.checks = new ClaimChecks(clock);
  }

  /** Verifies {@code token} with the keys that its issuer publishes. */
  Verification verify(String token, Expectation expected, PublishedKeys keys) {
    Optional<CompactToken> compact = CompactToken.of(token);
    if (compact.isEmpty()) {
      return new Verification.Refused(
          CompactToken.algorithm(token).filter(ForeignTokens::unsigned).isPresent()
              ? TokenFault.ALGORITHM
              : TokenFault.MALFORMED);
    }
    @Nullable TokenFault header = header(compact.get(), expected);
    if (header != null) {
      return new Verification.Refused(header);
    }
    return switch (keys.find(compact.get().parsed())) {
      case PublishedKeys.Answer.Found(JWK key) -> verify(compact.get(), expected, key);
      case PublishedKeys.Answer.Unknown unknown -> new Verification.Refused(TokenFault.KEY_UNKNOWN);
      case PublishedKeys.Answer.Unavailable unavailable -> new Verification.Unavailable();
    };
  }

  private Verification verify(CompactToken token, Expectation expected, JWK key) {
    if (!signed(token, key)) {
      return new Verification.Refused(TokenFault.SIGNATURE);
    }
    return checks.check(token, expected);
  }

  private static @Nullable TokenFault header(CompactToken token, Expectation expected) {
    ObjectNode header = token.header();
    if (!expected.allows(token.parsed().getAlgorithm())) {
      return TokenFault.ALGORITHM;
    }
    if (!isOfType(header)) {
      return TokenFault.TYPE;
    }
    if (header.has("crit") || header.has("b64")) {
      return TokenFault.CRITICAL;
    }
    if (bringsKey(header)) {
      return TokenFault.KEY_EMBEDDED;
    }
    return StrictJson.text(header, "kid").isEmpty() ? TokenFault.KEY_UNNAMED : null;
  }

  private static boolean isOfType(ObjectNode header) {
    JsonNode type = header.path("typ");
    return type.isMissingNode()
        || type.isString() && TYPES.contains(type.asString().toLowerCase(Locale.ROOT));
  }

  private static boolean bringsKey(ObjectNode header) {
    return KEYS.stream().anyMatch(header::has);
  }

  private static boolean signed(CompactToken token, JWK key) {
    try {
      JWSVerifier verifier =
          switch (key) {
            case ECKey elliptic -> new ECDSAVerifier(elliptic);
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            default -> throw new JOSEException("no key of a kind that is published");
          };
      return verifier.supportedJWSAlgorithms().contains(token.parsed().getAlgorithm())
          && verifier.verify(token.parsed(), token.signed(), token.signature());
    } catch (JOSEException e) {
      return false;
    }
  }

  private static boolean unsigned(String algorithm) {
    return JWSAlgorithm.NONE.getName().equalsIgnoreCase(algorithm)
        || algorithm.toUpperCase(Locale.ROOT).startsWith("HS");
  }
}
