package dev.cofferdam.protocol.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A public X25519 key that something can be sealed to: 32 bytes in their one canonical form (RFC
 * 7748 accepts several, which would give one key several names), and no point of small order, with
 * which every secret would be zero.
 */
public final class ReceivingKey {
  private static final BigInteger P =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  private final byte[] bytes;

  private ReceivingKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The key that {@code bytes} are, or empty when they are none that can be sealed to. */
  public static Optional<ReceivingKey> of(byte[] bytes) {
    if (bytes.length != X25519Keys.LENGTH || number(bytes).compareTo(P) >= 0) {
      return Optional.empty();
    }
    return agrees(bytes) ? Optional.of(new ReceivingKey(bytes.clone())) : Optional.empty();
  }

  /** The 32 bytes. */
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
