package dev.cofferdam.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KeyAgreement;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/**
 * Where asymmetric cryptography comes from: Conscrypt, asked for as an instance and installed
 * nowhere, or the JDK where Conscrypt's native library does not load. Symmetric algorithms are the
 * JDK's in both cases (docs/adr/0007-crypto-providers.md).
 *
 * <p>Keys of one provider are not given to the other: keys travel in their X.509 and PKCS #8 form,
 * which both read. Safe for use by several threads; what it hands out is not.
 */
public final class CryptoProvider {
  private static final CryptoProvider JDK = new CryptoProvider(null);

  private final @Nullable Provider conscrypt;

  private CryptoProvider(@Nullable Provider conscrypt) {
    this.conscrypt = conscrypt;
  }

  /** Conscrypt where its native library loads, else the JDK. */
  public static CryptoProvider best() {
    return Best.PROVIDER;
  }

  /** The JDK's own, which is there always: the fallback, and the cross-check of the other. */
  public static CryptoProvider jdk() {
    return JDK;
  }

  /** {@code Conscrypt} or {@code JDK}. */
  public String name() {
    return conscrypt == null ? "JDK" : conscrypt.getName();
  }

  /**
   * Whether a private key that it has read is nowhere in the Java heap, so that it may be kept: it
   * is in native memory, which is freed when the key is collected.
   */
  public boolean keepsKeysOffHeap() {
    return conscrypt != null;
  }

  /** Hybrid public key encryption with the provider's own X25519. */
  public Hpke hpke() {
    return conscrypt == null ? new JdkHpke() : new ConscryptHpke(conscrypt, this);
  }

  /** A signer or verifier of one message. */
  public Signature signature(KeyAlgorithm algorithm) {
    return found(
        () ->
            conscrypt == null
                ? Signature.getInstance(algorithm.signature())
                : Signature.getInstance(algorithm.signature(), conscrypt));
  }

  /** A generator of key pairs. */
  public KeyPairGenerator generator(KeyAlgorithm algorithm) {
    return found(
        () -> {
          KeyPairGenerator generator =
              conscrypt == null
                  ? KeyPairGenerator.getInstance(algorithm.keys())
                  : KeyPairGenerator.getInstance(algorithm.keys(), conscrypt);
          algorithm.initialise(generator);
          return generator;
        });
  }

  /** X25519 alone. */
  KeyAgreement agreement() {
    return found(
        () ->
            conscrypt == null
                ? KeyAgreement.getInstance("X25519")
                : KeyAgreement.getInstance("X25519", conscrypt));
  }

  /**
   * Reads a public key.
   *
   * @param encoded an X.509 SubjectPublicKeyInfo
   */
  public PublicKey publicKey(KeyAlgorithm algorithm, byte[] encoded)
      throws InvalidKeySpecException {
    return factory(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
  }

  /**
   * Reads a private key.
   *
   * @param encoded PKCS #8
   */
  public PrivateKey privateKey(KeyAlgorithm algorithm, byte[] encoded)
      throws InvalidKeySpecException {
    return factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private KeyFactory factory(KeyAlgorithm algorithm) {
    return found(
        () ->
            conscrypt == null
                ? KeyFactory.getInstance(algorithm.keys())
                : KeyFactory.getInstance(algorithm.keys(), conscrypt));
  }

  private <T> T found(Lookup<T> lookup) {
    try {
      return lookup.find();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name() + " lacks an algorithm that it had at start", e);
    }
  }

  @FunctionalInterface
  private interface Lookup<T> {
    T find() throws GeneralSecurityException;
  }

  /** Loads the native library when first asked for, and once. */
  private static final class Best {
    private static final CryptoProvider PROVIDER =
        Conscrypt.isAvailable() ? new CryptoProvider(Conscrypt.newProvider()) : JDK;
  }
}
