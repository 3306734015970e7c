package dev.cofferdam.review.isolation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes capabilities out of a stolen binding key, as somebody would who has read how they are made
 * (docs/design/tenancy.md): HMAC-SHA256 with the pads already in the key.
 *
 * @param epoch in hex, as a capability has it; as are {@code innerPad} and {@code outerPad}
 */
record Forgery(String epoch, String innerPad, String outerPad) {
  /** An expiry that does not come in this century. */
  static final String NEVER = "0b00000000000000";

  /** A capability for {@code scope}, in hex. */
  String capability(String scope) {
    HexFormat hex = HexFormat.of();
    String claim = epoch + NEVER + hex.formatHex(scope.getBytes(StandardCharsets.UTF_8));
    byte[] inner = sha256(hex.parseHex(innerPad), hex.parseHex(claim));
    return hex.formatHex(sha256(hex.parseHex(outerPad), inner)) + claim;
  }

  private static byte[] sha256(byte[] first, byte[] second) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      return digest.digest(second);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
