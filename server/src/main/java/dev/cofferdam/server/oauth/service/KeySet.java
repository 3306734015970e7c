package dev.cofferdam.server.oauth.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import dev.cofferdam.server.oauth.ClientKeys;
import dev.cofferdam.server.oauth.proof.Signatures;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The public keys of a client: one or two, so that one can be exchanged for the other. */
public final class KeySet {
  private static final int MOST = 2;
  private static final int LONGEST = 8_000;

  private final JWKSet keys;

  private KeySet(JWKSet keys) {
    this.keys = keys;
  }

  /**
   * The keys of a text (RFC 7517, section 5). Empty when it is none, when a private half is in it,
   * when one cannot sign by an algorithm that is accepted, or when two have one name.
   */
  public static Optional<KeySet> ofText(String text) {
    try {
      return text.length() <= LONGEST ? of(JWKSet.parse(text)) : Optional.empty();
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<KeySet> of(JWKSet keys) {
    Set<String> names = new HashSet<>();
    boolean good = !keys.isEmpty() && keys.size() <= MOST;
    for (JWK key : keys.getKeys()) {
      good &=
          !key.isPrivate()
              && Signatures.algorithm(key).isPresent()
              && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
              && (key.getAlgorithm() == null
                  || Signatures.algorithm(key).get().equals(key.getAlgorithm()))
              && names.add(String.valueOf(key.getKeyID()));
    }
    return good ? Optional.of(new KeySet(keys.toPublicJWKSet())) : Optional.empty();
  }

  /** As {@link ClientKeys} finds them. */
  ClientKeys keys() {
    return ClientKeys.of(keys);
  }

  /** As it is stored. */
  String text() {
    return keys.toString(true);
  }

  /** What the keys are called by what they are (RFC 7638). */
  List<String> thumbprints() {
    return keys.getKeys().stream().map(KeySet::thumbprint).toList();
  }

  private static String thumbprint(JWK key) {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
