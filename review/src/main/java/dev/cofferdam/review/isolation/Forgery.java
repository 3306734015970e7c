package dev.cofferdam.review.isolation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes capabilities out of a stolen binding key, as somebody would who has read how they are made
 * (docs/design/tenancy.md): HMAC-SHA256 with the pads already in the key.
 *
 * @param innerPad in hex, as is {@code outerPad}
 */
record Forgery(String keyId, String innerPad, String outerPad) {

  /** A capability for {@code scope} that does not expire in this century. */
  String capability(String scope) {
    String head = keyId + "4102444799";
    byte[] inner =
        sha256(HexFormat.of().parseHex(innerPad), (head + scope).getBytes(StandardCharsets.UTF_8));
    return head
        + HexFormat.of().formatHex(sha256(HexFormat.of().parseHex(outerPad), inner))
        + scope;
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
