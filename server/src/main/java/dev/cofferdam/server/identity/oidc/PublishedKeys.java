package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.Outcome;
import dev.cofferdam.server.egress.Outgoing;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The keys that an issuer publishes. Fetched anew after a quarter of an hour, and at once for a key
 * that is not among them, though only once in half a minute: whoever sends tokens with invented key
 * ids makes nobody fetch more. While they cannot be fetched, those that are there serve for an hour
 * at most, so that a key that its issuer has taken back is not believed for long.
 */
final class PublishedKeys {
  static final Duration FRESH = Duration.ofMinutes(15);
  static final Duration STALE = Duration.ofHours(1);
  static final Duration FOR_AN_UNKNOWN_KEY = Duration.ofSeconds(30);

  private static final int MOST_BYTES = 256 << 10;
  private static final int MOST_KEYS = 100;
  private static final int LEAST_RSA_BITS = 2048;

  private static final Map<JWSAlgorithm, Curve> CURVES =
      Map.of(
          JWSAlgorithm.ES256, Curve.P_256,
          JWSAlgorithm.ES384, Curve.P_384,
          JWSAlgorithm.ES512, Curve.P_521);

  private final Fetched<List<JWK>> keys;

  /** What looking for a key came to. */
  sealed interface Answer {
    record Found(JWK key) implements Answer {}

    /** The issuer publishes none such, as it was asked just now. */
    record Unknown() implements Answer {}

    /** The issuer cannot be asked. */
    record Unavailable() implements Answer {}
  }

  PublishedKeys(String url, Egress egress, Clock clock) {
    this(() -> fetch(url, egress), clock);
  }

  PublishedKeys(Supplier<Optional<List<JWK>>> fetch, Clock clock) {
    this.keys = new Fetched<>(fetch, FRESH, STALE, clock);
  }

  /** The key that a header names, if it is one for its algorithm. */
  Answer find(JWSHeader header) {
    Optional<List<JWK>> known = keys.get();
    Optional<JWK> found = known.flatMap(all -> match(all, header));
    if (found.isPresent()) {
      return new Answer.Found(found.get());
    }
    Optional<List<JWK>> newer = keys.notOlderThan(FOR_AN_UNKNOWN_KEY);
    if (newer.isEmpty()) {
      return new Answer.Unavailable();
    }
    return match(newer.get(), header).<Answer>map(Answer.Found::new).orElseGet(Answer.Unknown::new);
  }

  private static Optional<JWK> match(List<JWK> keys, JWSHeader header) {
    return keys.stream()
        .filter(key -> key.getKeyID().equals(header.getKeyID()))
        .filter(key -> fits(key, header.getAlgorithm()))
        .findFirst();
  }

  private static boolean fits(JWK key, JWSAlgorithm algorithm) {
    Algorithm own = key.getAlgorithm();
    if (own != null && !own.getName().equals(algorithm.getName())) {
      return false;
    }
    return switch (key) {
      case ECKey elliptic -> elliptic.getCurve().equals(CURVES.get(algorithm));
      case RSAKey rsa -> !CURVES.containsKey(algorithm);
      default -> false;
    };
  }

  private static Optional<List<JWK>> fetch(String url, Egress egress) {
    return switch (egress.send(Outgoing.get(url, MOST_BYTES).with("Accept", "application/json"))) {
      case Outcome.Answered answered when answered.status() == 200 -> read(answered.body());
      case Outcome.Answered answered -> Optional.empty();
      case Outcome.Refused refused -> Optional.empty();
      case Outcome.Failed failed -> Optional.empty();
    };
  }

  /** The keys that can be used; empty when it is no key set, or one with nothing to use. */
  static Optional<List<JWK>> read(byte[] body) {
    JsonNode set =
        StrictJson.object(body).<JsonNode>map(object -> object.path("keys")).orElse(null);
    if (set == null || !set.isArray() || set.size() > MOST_KEYS) {
      return Optional.empty();
    }
    Map<String, List<JWK>> byId = new HashMap<>();
    for (JsonNode entry : set) {
      usable(entry)
          .ifPresent(key -> byId.computeIfAbsent(key.getKeyID(), id -> new ArrayList<>()).add(key));
    }
    // Two keys of one name: which of them is meant cannot be said.
    List<JWK> keys =
        byId.values().stream().filter(same -> same.size() == 1).map(List::getFirst).toList();
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
  }

  private static Optional<JWK> usable(JsonNode entry) {
    try {
      JWK key = JWK.parse(entry.toString());
      boolean verifies =
          (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
              && (key.getKeyOperations() == null
                  || key.getKeyOperations().contains(KeyOperation.VERIFY));
      return verifies && key.getKeyID() != null && !key.isPrivate() && strong(key)
          ? Optional.of(key)
          : Optional.empty();
    } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
      // Of a kind that Nimbus does not know: the others may be good.
      return Optional.empty();
    }
  }

  private static boolean strong(JWK key) {
    return switch (key) {
      case ECKey elliptic -> CURVES.containsValue(elliptic.getCurve());
      case RSAKey rsa -> rsa.size() >= LEAST_RSA_BITS;
      default -> false;
    };
  }
}
