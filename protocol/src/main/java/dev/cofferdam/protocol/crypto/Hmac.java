package dev.cofferdam.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** HMAC with SHA-256 (RFC 2104), from the JDK. */
public final class Hmac {
  /** The length of a code in bytes. */
  public static final int LENGTH = 32;

  private Hmac() {}

  /** The code of {@code message}. */
  public static byte[] of(SecretBytes key, SecretAccess access, byte[] message) {
    return key.lend(access, bytes -> code(bytes, message));
  }

  /** Whether {@code code} is that of {@code message}, in a time that does not depend on it. */
  public static boolean verifies(
      SecretBytes key, SecretAccess access, byte[] message, byte[] code) {
    return MessageDigest.isEqual(of(key, access, message), code);
  }

  static byte[] code(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256", "SunJCE");
      mac.init(new RawKey(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HMAC-SHA256", e);
    }
  }
}
