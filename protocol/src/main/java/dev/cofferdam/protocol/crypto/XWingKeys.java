package dev.cofferdam.protocol.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes of an X-Wing key in and out of the forms that the provider reads
 * (draft-connolly-cfrg-xwing-kem, section 5.8): a public key of ML-KEM-768 before one of X25519,
 * and the seed that both private halves are made of.
 */
final class XWingKeys {
  /** The part that is of ML-KEM-768 (FIPS 203): 3 times 256 coefficients of 12 bits, and a seed. */
  static final int ML_KEM_LENGTH = 1184;

  private static final int COEFFICIENT_BYTES = 1152;
  private static final int Q = 3329;

  private static final byte[] SPKI =
      HexFormat.of().parseHex("308204d4300d060b2b0601040183e62d81c87a038204c100");
  private static final byte[] PKCS8 =
      HexFormat.of().parseHex("3034020100300d060b2b0601040183e62d81c87a0420");

  private XWingKeys() {}

  static byte[] spki(byte[] raw) {
    return joined(SPKI, raw, Kem.X_WING.publicLength());
  }

  /** The caller clears the result. */
  static byte[] pkcs8(byte[] seed) {
    return joined(PKCS8, seed, Kem.PRIVATE_LENGTH);
  }

  /** The part that is of X25519. */
  static byte[] x25519(byte[] raw) {
    return Arrays.copyOfRange(raw, ML_KEM_LENGTH, raw.length);
  }

  /** Each coefficient in its one form, below the modulus (FIPS 203, section 7.2). */
  static boolean isReduced(byte[] raw) {
    for (int at = 0; at < COEFFICIENT_BYTES; at += 3) {
      int first = raw[at] & 0xff | (raw[at + 1] & 0x0f) << 8;
      int second = (raw[at + 1] & 0xf0) >> 4 | (raw[at + 2] & 0xff) << 4;
      if (first >= Q || second >= Q) {
        return false;
      }
    }
    return true;
  }

  private static byte[] joined(byte[] head, byte[] raw, int length) {
    if (raw.length != length) {
      throw new IllegalArgumentException("the key has " + length + " bytes, not " + raw.length);
    }
    byte[] joined = Arrays.copyOf(head, head.length + length);
    System.arraycopy(raw, 0, joined, head.length, length);
    return joined;
  }
}
