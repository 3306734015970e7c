package dev.cofferdam.server.oauth.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.identity.Sha256;
import dev.cofferdam.server.identity.oidc.CompactToken;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.limits.Requester;
import dev.cofferdam.server.limits.Taking;
import dev.cofferdam.server.oauth.KeyThumbprint;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Proofs of possession (RFC 9449, section 4.3): that whoever sends this request has the key that
 * the proof names, now. Safe for use by many threads.
 */
public final class Proofs {
  public static final String FIELD = "DPoP";

  /** How long one is good, from when it says that it was made. */
  static final Duration GOOD_FOR = Duration.ofSeconds(60);

  /** By how much the client's clock may go ahead. */
  static final Duration AHEAD = Duration.ofSeconds(30);

  private static final String TYPE = "dpop+jwt";
  private static final String LIMIT = "proof";
  private static final int LONGEST_NAME = 256;

  private static final long KEYS = 5_000;

  private final UsedOnce used;
  private final Limits limits;
  private final Clock clock;

  /** Thumbprints, by the very key that was read out of a header. */
  private final Cache<JWK, KeyThumbprint> thumbprints =
      Caffeine.newBuilder().weakKeys().maximumSize(KEYS).executor(Runnable::run).build();

  Proofs(UsedOnce used, Limits limits, Clock clock) {
    this.used = used;
    this.limits = limits;
    this.clock = clock;
  }

  /** What the proof of a request came to. */
  public sealed interface Shown {
    /** Whoever sent it has the private half. */
    record Good(KeyThumbprint key) implements Shown {}

    record Bad() implements Shown {}

    /** There is none. */
    record None() implements Shown {}

    /** There have been too many of this key, which nobody meets who keeps within other limits. */
    record TooMany(Duration retryAfter) implements Shown {}
  }

  /**
   * The proof of a request for a token.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be known whether it was used
   */
  public Shown of(HttpServletRequest request) {
    return shown(request, null, null);
  }

  /**
   * The proof of a request that shows a token.
   *
   * @param key that the token is bound to: the proof has to be of it
   * @throws org.springframework.dao.DataAccessException when it cannot be known whether it was used
   */
  public Shown of(HttpServletRequest request, String token, KeyThumbprint key) {
    return shown(request, token, key);
  }

  private Shown shown(
      HttpServletRequest request, @Nullable String token, @Nullable KeyThumbprint wanted) {
    List<String> fields = Collections.list(request.getHeaders(FIELD));
    if (fields.isEmpty()) {
      return new Shown.None();
    }
    if (fields.size() > 1) {
      return new Shown.Bad();
    }
    return CompactToken.of(fields.getFirst())
        .filter(proof -> isFor(proof, request) && isBeside(proof, token))
        .flatMap(
            proof ->
                key(proof)
                    .filter(key -> isOf(key, wanted))
                    .filter(key -> Signatures.verify(proof, key.jwk()))
                    .map(key -> used(proof, key.thumbprint())))
        .orElseGet(Shown.Bad::new);
  }

  /** Last, so that only proofs take a place that somebody has the key of. */
  private Shown used(CompactToken proof, KeyThumbprint key) {
    Optional<String> name = proof.text("jti").filter(text -> text.length() <= LONGEST_NAME);
    if (name.isEmpty()) {
      return new Shown.Bad();
    }
    return switch (limits.take(LIMIT, new Requester.Known("key:" + key))) {
      case Taking.Exhausted exhausted -> new Shown.TooMany(exhausted.retryAfter());
      case Taking.Taken taken ->
          used.isFirst(
                  UsedOnce.Kind.PROOF,
                  key.value(),
                  name.get(),
                  proof.time("iat").orElseThrow().plus(GOOD_FOR))
              ? new Shown.Good(key)
              : new Shown.Bad();
    };
  }

  /** For this request, and of now. */
  private boolean isFor(CompactToken proof, HttpServletRequest request) {
    Instant now = clock.instant();
    Optional<Instant> made = proof.time("iat");
    return made.isPresent()
        && now.isBefore(made.get().plus(GOOD_FOR))
        && !made.get().isAfter(now.plus(AHEAD))
        && proof.text("htm").filter(request.getMethod()::equals).isPresent()
        && proof.text("htu").filter(address -> isHere(address, request)).isPresent();
  }

  /** Without query and fragment, and by the rules of addresses, not as texts. */
  private static boolean isHere(String address, HttpServletRequest request) {
    try {
      URI named = new URI(address);
      URI asked = new URI(OwnOrigin.of(request) + request.getRequestURI());
      return named.getUserInfo() == null
          && named.getHost() != null
          && asked.getScheme().equalsIgnoreCase(named.getScheme())
          && asked.getHost().equalsIgnoreCase(named.getHost())
          && port(asked) == port(named)
          && path(asked).equals(path(named));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int port(URI address) {
    return address.getPort() >= 0
        ? address.getPort()
        : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  private static String path(URI address) {
    return address.getRawPath().isEmpty() ? "/" : address.getRawPath();
  }

  /** Of the token that it stands beside: one that was caught is worth nothing beside another. */
  private static boolean isBeside(CompactToken proof, @Nullable String token) {
    if (token == null) {
      return true;
    }
    String hash =
        Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(token.getBytes(US_ASCII)));
    return MessageDigest.isEqual(
        proof.text("ath").orElse("").getBytes(UTF_8), hash.getBytes(UTF_8));
  }

  /** The key that a proof brings along: the one place where one may. */
  private Optional<Named> key(CompactToken proof) {
    JsonNode header = proof.header();
    if (!header.path("typ").asString("").equalsIgnoreCase(TYPE)
        || header.has("crit")
        || header.has("b64")) {
      return Optional.empty();
    }
    JWK key = proof.parsed().getJWK();
    if (key == null || key.isPrivate() || Signatures.algorithm(key).isEmpty()) {
      return Optional.empty();
    }
    KeyThumbprint thumbprint = thumbprints.get(key, Proofs::thumbprint);
    return thumbprint == null ? Optional.empty() : Optional.of(new Named(key, thumbprint));
  }

  private static @Nullable KeyThumbprint thumbprint(JWK key) {
    try {
      return new KeyThumbprint(key.computeThumbprint().toString());
    } catch (JOSEException e) {
      return null;
    }
  }

  /** Of the key that the token is bound to. */
  private static boolean isOf(Named key, @Nullable KeyThumbprint wanted) {
    return wanted == null || key.thumbprint().equals(wanted);
  }

  private record Named(JWK jwk, KeyThumbprint thumbprint) {}
}
