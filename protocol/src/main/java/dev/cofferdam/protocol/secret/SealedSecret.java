package dev.cofferdam.protocol.secret;

import dev.cofferdam.protocol.crypto.Hpke;
import dev.cofferdam.protocol.crypto.Kem;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.ReceivingKey;
import dev.cofferdam.protocol.crypto.SecretBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The sealed form of one version of a secret for one node: one byte for the format, then a sealed
 * message ({@link Hpke}). Who sealed it does not follow from it: that is what the receipt of the
 * read is for, whose record names its {@link #digest}.
 */
public final class SealedSecret {
  /** What it is called in {@code Content-Type}. */
  public static final String MEDIA_TYPE = "application/vnd.cofferdam.sealed-secret";

  /** The field of the answer that names the receiving key it is sealed to. */
  public static final String KEY_FIELD = "Cofferdam-Key-Id";

  /** The field of the answer that names the version of the secret. */
  public static final String VERSION_FIELD = "Cofferdam-Secret-Version";

  /** How many bytes a value may have: one mebibyte. */
  public static final int LONGEST_VALUE = 1 << 20;

  /** How many bytes it is longer than the value, for a node with a key of X25519. */
  public static final int OVERHEAD = 1 + Hpke.OVERHEAD;

  /** The version of the format that is in the address's bytes too. */
  private static final byte FORMAT = 1;

  private SealedSecret() {}

  /** Seals {@code value}, which the caller clears. */
  public static byte[] seal(
      Hpke hpke, ReceivingKey recipient, SecretAddress address, byte[] value) {
    if (value.length > LONGEST_VALUE) {
      throw new IllegalArgumentException("a secret has at most " + LONGEST_VALUE + " bytes");
    }
    byte[] message = hpke.seal(recipient, address.info(), address.aad(), value);
    byte[] sealed = new byte[1 + message.length];
    sealed[0] = FORMAT;
    System.arraycopy(message, 0, sealed, 1, message.length);
    return sealed;
  }

  /**
   * Opens what was sealed for {@code address}.
   *
   * @param recipient the 32 bytes of the private key
   */
  public static Opening open(
      Hpke hpke, Kem kem, SecretBytes recipient, SecretAddress address, byte[] sealed) {
    int overhead = 1 + kem.overhead();
    if (sealed.length < overhead
        || sealed.length > overhead + LONGEST_VALUE
        || sealed[0] != FORMAT) {
      return new Opening.Refused();
    }
    return hpke.open(
        kem,
        recipient,
        address.info(),
        address.aad(),
        Arrays.copyOfRange(sealed, 1, sealed.length));
  }

  /** The same with a key of X25519. */
  public static Opening open(
      Hpke hpke, SecretBytes recipient, SecretAddress address, byte[] sealed) {
    return open(hpke, Kem.X25519, recipient, address, sealed);
  }

  /** SHA-256 of the sealed form in hex, as the record of a read names it. */
  public static String digest(byte[] sealed) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sealed));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }
}
