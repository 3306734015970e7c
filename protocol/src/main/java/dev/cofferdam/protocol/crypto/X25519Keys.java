package dev.cofferdam.protocol.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/** The 32 bytes of an X25519 key in and out of the forms that providers read (RFC 8410). */
final class X25519Keys {
  static final int LENGTH = 32;

  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b656e032100");
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b656e04220420");

  private X25519Keys() {}

  static byte[] spki(byte[] raw) {
    return joined(SPKI, raw);
  }

  /** The caller clears the result. */
  static byte[] pkcs8(byte[] raw) {
    return joined(PKCS8, raw);
  }

  /** The key itself, from the end of either form. */
  static byte[] raw(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
  }

  private static byte[] joined(byte[] head, byte[] raw) {
    if (raw.length != LENGTH) {
      throw new IllegalArgumentException("an X25519 key has 32 bytes, not " + raw.length);
    }
    byte[] joined = Arrays.copyOf(head, head.length + LENGTH);
    System.arraycopy(raw, 0, joined, head.length, LENGTH);
    return joined;
  }
}
