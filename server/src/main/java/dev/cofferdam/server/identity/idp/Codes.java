package dev.cofferdam.server.identity.idp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The codes that were given out and not redeemed: each once, within a minute. */
final class Codes {
  private static final Duration LIFETIME = Duration.ofMinutes(1);
  private static final int MOST = 1000;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Map<String, Grant> grants =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Grant> eldest) {
          return size() > MOST;
        }
      };

  /** What a code stands for. */
  record Grant(
      AuthorizationRequest request, DemoPerson person, DemoAssurance assurance, Instant at) {}

  Codes(Clock clock) {
    this.clock = clock;
  }

  synchronized String give(
      AuthorizationRequest request, DemoPerson person, DemoAssurance assurance) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String code = base64(bytes);
    grants.put(code, new Grant(request, person, assurance, clock.instant()));
    return code;
  }

  /** Takes the grant of a code out; empty when it is not for this redirect and this verifier. */
  synchronized Optional<Grant> redeem(String code, String redirect, String verifier) {
    @Nullable Grant grant = grants.remove(code);
    return Optional.ofNullable(grant)
        .filter(found -> found.at().plus(LIFETIME).isAfter(clock.instant()))
        .filter(found -> found.request().redirect().toString().equals(redirect))
        .filter(
            found ->
                MessageDigest.isEqual(
                    found.request().challenge().getBytes(US_ASCII),
                    base64(sha256(verifier)).getBytes(US_ASCII)));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
