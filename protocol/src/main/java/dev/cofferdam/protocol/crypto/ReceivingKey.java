package dev.cofferdam.protocol.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A public key that something can be sealed to. Of X25519: 32 bytes in their one canonical form
 * (RFC 7748 accepts several, which would give one key several names), and no point of small order,
 * with which every secret would be zero. Of X-Wing: 1,216 bytes of which the last 32 are such a
 * key, and the others a key of ML-KEM-768 in its one form; where the provider has X-Wing.
 */
public final class ReceivingKey {
  private static final BigInteger P =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  private final Kem kem;
  private final byte[] bytes;

  private ReceivingKey(Kem kem, byte[] bytes) {
    this.kem = kem;
    this.bytes = bytes;
  }

  /** The key that {@code bytes} are, or empty when they are none that can be sealed to. */
  public static Optional<ReceivingKey> of(byte[] bytes) {
    return Kem.ofPublicLength(bytes.length)
        .filter(kem -> CryptoProvider.best().hpke().offers(kem))
        .filter(
            kem ->
                switch (kem) {
                  case X25519 -> isPoint(bytes);
                  case X_WING -> XWingKeys.isReduced(bytes) && isPoint(XWingKeys.x25519(bytes));
                })
        .map(kem -> new ReceivingKey(kem, bytes.clone()));
  }

  private static boolean isPoint(byte[] bytes) {
    return number(bytes).compareTo(P) < 0 && agrees(bytes);
  }

  /** What kind of key it is. */
  public Kem kem() {
    return kem;
  }

  /** The bytes of the key: as many as its kind has. */
  public byte[] bytes() {
    return bytes.clone();
  }

  private static BigInteger number(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  /** RFC 9180, section 7.1.4: the all-zero result, which small order gives, must be refused. */
  private static boolean agrees(byte[] bytes) {
    CryptoProvider provider = CryptoProvider.best();
    KeyPair ours = provider.generator(KeyAlgorithm.X25519).generateKeyPair();
    try {
      var agreement = provider.agreement();
      agreement.init(ours.getPrivate());
      agreement.doPhase(provider.publicKey(KeyAlgorithm.X25519, X25519Keys.spki(bytes)), true);
      byte[] shared = agreement.generateSecret();
      boolean zero = MessageDigest.isEqual(shared, new byte[X25519Keys.LENGTH]);
      Arrays.fill(shared, (byte) 0);
      return !zero;
    } catch (InvalidKeyException | InvalidKeySpecException | IllegalStateException e) {
      return false;
    }
  }
}
