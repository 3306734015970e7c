package dev.cofferdam.server.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of the random halves of what people and programs show: the database finds them by it. */
public final class Sha256 {
  // Copied for each digest, and given nothing itself: looking the algorithm up anew costs more than
  // the digest of so short a text.
  private static final MessageDigest EMPTY = empty();

  private Sha256() {}

  public static byte[] of(byte[] random) {
    try {
      return ((MessageDigest) EMPTY.clone()).digest(random);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this JDK's SHA-256 cannot be copied", e);
    }
  }

  private static MessageDigest empty() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
