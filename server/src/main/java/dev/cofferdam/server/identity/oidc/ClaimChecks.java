package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JWSAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a token says, held against what is expected (OpenID Connect Core, section 3.1.3.7). */
final class ClaimChecks {
  /**
   * By how much two clocks may differ. A token is good for so long after its end, and not a moment
   * longer; and for so long before its beginning.
   */
  static final Duration LEEWAY = Duration.ofSeconds(30);

  private static final int LONGEST_SUBJECT = 255;
  private static final String VERIFIED = "email_verified";

  private final Clock clock;

  ClaimChecks(Clock clock) {
    this.clock = clock;
  }

  Verification check(CompactToken token, Expectation expected) {
    try {
      return checked(token, expected);
    } catch (Fault e) {
      return new Verification.Refused(e.fault);
    }
  }

  private Verification checked(CompactToken token, Expectation expected) throws Fault {
    ObjectNode claims = token.payload();
    String issuer = text(claims, "iss").orElse("");
    issuer(issuer, expected.issuer());
    audience(claims, expected.audience());
    String subject = text(claims, "sub").orElse("");
    subject(subject);
    Instant now = clock.instant();
    lifetime(claims, now);
    nonce(claims, expected);
    accessToken(claims, token.parsed().getAlgorithm(), expected);
    @Nullable Instant authTime = authTime(claims, expected, now);
    Optional<String> acr = text(claims, "acr");
    require(
        expected.acrValues().isEmpty()
            || acr.isPresent() && expected.acrValues().contains(acr.get()),
        TokenFault.ACR);
    ClaimNames names = expected.names();
    boolean verified = isVerified(claims, names);
    return new Verification.Verified(
        new Claims(
            issuer,
            subject,
            verified ? text(claims, names.email()).orElse(null) : null,
            verified ? null : unverified(claims, names),
            text(claims, names.name()).orElse(null),
            acr.orElse(null),
            texts(claims.path("amr")),
            authTime,
            expected.operators().filter(operators -> operators.isIn(claims)).isPresent()));
  }

  /** That it verified the address, in so many words: a text that says so is none. */
  private static boolean isVerified(ObjectNode claims, ClaimNames names) {
    JsonNode said = claims.path(VERIFIED);
    return names.isVouchedFor() && said.isBoolean() && said.asBoolean();
  }

  private static @Nullable UnverifiedAddress unverified(ObjectNode claims, ClaimNames names) {
    return StrictJson.text(claims, names.email())
        .map(
            text ->
                new UnverifiedAddress(text, names.isVouchedFor() && claims.hasNonNull(VERIFIED)))
        .orElse(null);
  }

  private static void issuer(String claimed, String expected) throws Fault {
    require(claimed.equals(expected), TokenFault.ISSUER);
  }

  private static void subject(String claimed) throws Fault {
    require(
        !claimed.isEmpty()
            && claimed.length() <= LONGEST_SUBJECT
            && claimed.chars().noneMatch(Character::isISOControl),
        TokenFault.SUBJECT);
  }

  private static void nonce(ObjectNode claims, Expectation expected) throws Fault {
    if (expected.nonce().isPresent()) {
      require(same(text(claims, "nonce").orElse(""), expected.nonce().get()), TokenFault.NONCE);
    }
  }

  private static void audience(ObjectNode claims, String audience) throws Fault {
    JsonNode claim = claims.path("aud");
    List<String> audiences =
        claim.isString() ? List.of(claim.asString()) : claim.isArray() ? texts(claim) : List.of();
    require(audiences.contains(audience), TokenFault.AUDIENCE);
    Optional<String> party = text(claims, "azp");
    // Of several audiences, the one it was made for must be said; and it is never another.
    require(party.isPresent() || audiences.size() == 1, TokenFault.AUTHORIZED_PARTY);
    require(party.isEmpty() || party.get().equals(audience), TokenFault.AUTHORIZED_PARTY);
  }

  private static void lifetime(ObjectNode claims, Instant now) throws Fault {
    Instant expires = time(claims, "exp").orElseThrow(() -> new Fault(TokenFault.EXPIRED));
    require(now.isBefore(expires.plus(LEEWAY)), TokenFault.EXPIRED);
    Instant issued = time(claims, "iat").orElseThrow(() -> new Fault(TokenFault.NOT_YET_VALID));
    require(!issued.isAfter(now.plus(LEEWAY)), TokenFault.NOT_YET_VALID);
    Optional<Instant> notBefore = time(claims, "nbf");
    require(
        notBefore.isEmpty() || !notBefore.get().isAfter(now.plus(LEEWAY)),
        TokenFault.NOT_YET_VALID);
  }

  private static @Nullable Instant authTime(ObjectNode claims, Expectation expected, Instant now)
      throws Fault {
    Optional<Instant> claimed = time(claims, "auth_time");
    require(claimed.isEmpty() || !claimed.get().isAfter(now.plus(LEEWAY)), TokenFault.AUTH_TIME);
    if (expected.maxAge().isPresent()) {
      notBefore(claimed, now.minus(expected.maxAge().get()));
    }
    if (expected.since().isPresent()) {
      notBefore(claimed, expected.since().get());
    }
    // A clock that goes ahead within the leeway: nobody has signed in in the future.
    return claimed.map(time -> time.isAfter(now) ? now : time).orElse(null);
  }

  private static void notBefore(Optional<Instant> claimed, Instant oldest) throws Fault {
    require(
        claimed.isPresent() && !claimed.get().isBefore(oldest.minus(LEEWAY)), TokenFault.AUTH_TIME);
  }

  private static void accessToken(ObjectNode claims, JWSAlgorithm algorithm, Expectation expected)
      throws Fault {
    if (!claims.has("at_hash") || expected.accessToken().isEmpty()) {
      return;
    }
    String hash = text(claims, "at_hash").orElse("");
    require(same(hash, leftHalf(expected.accessToken().get(), algorithm)), TokenFault.ACCESS_TOKEN);
  }

  private static String leftHalf(String accessToken, JWSAlgorithm algorithm) {
    try {
      byte[] hash =
          MessageDigest.getInstance(Algorithms.hash(algorithm))
              .digest(accessToken.getBytes(US_ASCII));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, hash.length / 2));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-2", e);
    }
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        expected.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Optional<Instant> time(ObjectNode claims, String name) throws Fault {
    JsonNode claim = claims.path(name);
    if (claim.isMissingNode()) {
      return Optional.empty();
    }
    Optional<Instant> time = CompactToken.instant(claim);
    require(time.isPresent(), TokenFault.MALFORMED);
    return time;
  }

  /** A text, or nothing where there is none or an empty one. */
  private static Optional<String> text(ObjectNode claims, String name) throws Fault {
    JsonNode claim = claims.path(name);
    require(claim.isMissingNode() || claim.isNull() || claim.isString(), TokenFault.MALFORMED);
    return claim.isString() && !claim.asString().isEmpty()
        ? Optional.of(claim.asString())
        : Optional.empty();
  }

  private static List<String> texts(JsonNode claim) throws Fault {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : claim) {
      require(element.isString(), TokenFault.MALFORMED);
      texts.add(element.asString());
    }
    return texts;
  }

  private static void require(boolean met, TokenFault fault) throws Fault {
    if (!met) {
      throw new Fault(fault);
    }
  }

  /** Ends the checks at the first fault; never leaves this class. */
  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final TokenFault fault;

    Fault(TokenFault fault) {
      super(fault.label(), null, false, false);
      this.fault = fault;
    }
  }
}
