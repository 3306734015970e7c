package dev.cofferdam.server.oauth.proof;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.server.identity.oidc.CompactToken;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * By which algorithms clients sign, and whether they did. One algorithm for each kind of key: so a
 * statement cannot choose what its key is taken for.
 */
public final class Signatures {
  /** As metadata names them. */
  public static final List<String> ALGORITHMS = List.of("ES256", "EdDSA", "PS256");

  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;
  private static final int ED25519_SIGNATURE = 64;

  /** A SubjectPublicKeyInfo of Ed25519 (RFC 8410, section 4) up to its 32 bytes of key. */
  private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final long KEYS = 5_000;

  /**
   * Points of P-256 as the provider has them, by the very object that was read: reading one costs
   * more than a third of what verifying does.
   */
  private static final Cache<ECKey, PublicKey> ELLIPTIC =
      Caffeine.newBuilder().weakKeys().maximumSize(KEYS).executor(Runnable::run).build();

  private Signatures() {}

  /** The algorithm that a key signs by; empty for a key that nobody may use. */
  public static Optional<JWSAlgorithm> algorithm(JWK key) {
    return switch (key) {
      case ECKey elliptic when Curve.P_256.equals(elliptic.getCurve()) ->
          Optional.of(JWSAlgorithm.ES256);
      case OctetKeyPair edwards when Curve.Ed25519.equals(edwards.getCurve()) ->
          Optional.of(JWSAlgorithm.EdDSA);
      case RSAKey rsa when rsa.size() >= LEAST_RSA_BITS && rsa.size() <= MOST_RSA_BITS ->
          Optional.of(JWSAlgorithm.PS256);
      default -> Optional.empty();
    };
  }

  /** Whether the statement is signed with the private half of {@code key}. */
  public static boolean verify(CompactToken statement, JWK key) {
    Optional<JWSAlgorithm> algorithm = algorithm(key);
    if (algorithm.isEmpty() || !algorithm.get().equals(statement.parsed().getAlgorithm())) {
      return false;
    }
    try {
      return switch (key) {
        case ECKey elliptic -> elliptic(statement, elliptic);
        case OctetKeyPair edwards -> edwards(statement, edwards);
        case RSAKey rsa ->
            new RSASSAVerifier(rsa)
                .verify(statement.parsed(), statement.signed(), statement.signature());
        default -> false;
      };
    } catch (JOSEException | GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean elliptic(CompactToken statement, ECKey key)
      throws JOSEException, GeneralSecurityException {
    byte[] signature = statement.signature().decode();
    // Also that neither half is zero, or beyond the order of the curve.
    ECDSA.ensureLegalSignature(signature, JWSAlgorithm.ES256);
    return verifies(
        KeyAlgorithm.P256,
        point(key),
        statement.signed(),
        ECDSA.transcodeSignatureToDER(signature));
  }

  private static PublicKey point(ECKey key) throws JOSEException, GeneralSecurityException {
    PublicKey known = ELLIPTIC.getIfPresent(key);
    if (known != null) {
      return known;
    }
    PublicKey read =
        CryptoProvider.best().publicKey(KeyAlgorithm.P256, key.toECPublicKey().getEncoded());
    ELLIPTIC.put(key, read);
    return read;
  }

  private static boolean edwards(CompactToken statement, OctetKeyPair key)
      throws GeneralSecurityException {
    byte[] signature = statement.signature().decode();
    byte[] point = key.getDecodedX();
    if (signature.length != ED25519_SIGNATURE) {
      return false;
    }
    byte[] encoded = new byte[ED25519_HEAD.length + point.length];
    System.arraycopy(ED25519_HEAD, 0, encoded, 0, ED25519_HEAD.length);
    System.arraycopy(point, 0, encoded, ED25519_HEAD.length, point.length);
    return verifies(
        KeyAlgorithm.ED25519,
        CryptoProvider.best().publicKey(KeyAlgorithm.ED25519, encoded),
        statement.signed(),
        signature);
  }

  private static boolean verifies(
      KeyAlgorithm algorithm, PublicKey key, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = CryptoProvider.best().signature(algorithm);
    verifier.initVerify(key);
    verifier.update(signed);
    return verifier.verify(signature);
  }
}
