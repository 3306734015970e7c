package dev.cofferdam.server.oauth.client;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a client, for ES256 alone: each with an id by which its proofs name it. Two,
 * so that one can follow the other without a gap.
 *
 * @param set as JOSE has them; without anything private
 */
public record PublicKeys(JWKSet set) {
  private static final int MOST = 5;
  private static final int LONGEST_ID = 100;

  public PublicKeys {
    if (!areFit(set)) {
      throw new IllegalArgumentException("keys of clients are public, on P-256, and have ids");
    }
  }

  /** As somebody sends one, member by member of RFC 7517 and 7518. */
  public record Sent(
      String kty,
      String crv,
      String x,
      String y,
      String kid,
      @Nullable String alg,
      @Nullable String use) {}

  /** Those that were sent; empty when one of them is none that can be used. */
  public static Optional<PublicKeys> of(List<Sent> sent) {
    List<JWK> keys = sent.stream().flatMap(PublicKeys::key).toList();
    return keys.size() == sent.size() ? of(new JWKSet(keys)) : Optional.empty();
  }

  private static Stream<JWK> key(Sent sent) {
    boolean known =
        "EC".equals(sent.kty())
            && "P-256".equals(sent.crv())
            && (sent.alg() == null || sent.alg().equals("ES256"))
            && (sent.use() == null || sent.use().equals("sig"));
    if (!known) {
      return Stream.empty();
    }
    try {
      // Refuses what is no point of the curve.
      return Stream.of(
          new ECKey.Builder(Curve.P_256, new Base64URL(sent.x()), new Base64URL(sent.y()))
              .keyID(sent.kid())
              .algorithm(JWSAlgorithm.ES256)
              .keyUse(KeyUse.SIGNATURE)
              .build());
    } catch (IllegalArgumentException | IllegalStateException noKey) {
      return Stream.empty();
    }
  }

  /** Those of a text, which is a set or one key; empty when they cannot be used. */
  public static Optional<PublicKeys> of(String text) {
    try {
      JWKSet set =
          text.contains("\"keys\"") ? JWKSet.parse(text) : new JWKSet(List.of(JWK.parse(text)));
      return of(set);
    } catch (ParseException | IllegalArgumentException noKeys) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKeys> of(JWKSet set) {
    return areFit(set) ? Optional.of(new PublicKeys(set)) : Optional.empty();
  }

  private static boolean areFit(JWKSet set) {
    Set<String> ids = new HashSet<>();
    return !set.isEmpty()
        && set.size() <= MOST
        && set.getKeys().stream()
            .allMatch(
                key ->
                    key instanceof ECKey ec
                        && ec.getCurve().equals(Curve.P_256)
                        && !key.isPrivate()
                        && isId(key.getKeyID())
                        && ids.add(key.getKeyID()));
  }

  private static boolean isId(@Nullable String id) {
    return id != null && !id.isEmpty() && id.length() <= LONGEST_ID;
  }

  /** The names by which its proofs name them. */
  public List<String> ids() {
    return set.getKeys().stream().map(JWK::getKeyID).toList();
  }

  /** As it is stored. */
  String text() {
    return set.toString();
  }
}
