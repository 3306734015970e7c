package dev.cofferdam.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** HMAC with SHA-256 (RFC 2104), from the JDK. */
public final class Hmac {
  /** The length of a code in bytes. */
  public static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  // Never gets a key: what does is a copy. Looking the algorithm up anew each time costs four times
  // what the code of a short message does.
  private static final Mac UNKEYED = unkeyed();

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
      Mac mac = (Mac) UNKEYED.clone();
      mac.init(new RawKey(key, ALGORITHM));
      return mac.doFinal(message);
    } catch (CloneNotSupportedException | GeneralSecurityException e) {
      throw new IllegalStateException("the JDK's HMAC-SHA256 cannot be copied or keyed", e);
    }
  }

  private static Mac unkeyed() {
    try {
      return Mac.getInstance(ALGORITHM, "SunJCE");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HMAC-SHA256", e);
    }
  }
}
