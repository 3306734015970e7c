package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * Keys that nobody drew at random. Each rule refuses a random key less often than once in 10¹³;
 * what passes is not proven random, since no test can prove that.
 */
final class WeakKeys {
  /** 32 random bytes have about 30 different values, and fewer than 16 once in 10¹⁵. */
  private static final int FEWEST_VALUES = 16;

  /** Words whose hash is a favourite "random" key of examples and forum answers. */
  private static final List<String> WORDS =
      List.of(
          "",
          "admin",
          "changeit",
          "changeme",
          "change-me",
          "cofferdam",
          "default",
          "dev",
          "example",
          "key",
          "letmein",
          "master",
          "passw0rd",
          "password",
          "postgres",
          "root",
          "secret",
          "test",
          "0",
          "1",
          "1234",
          "123456",
          "12345678",
          "1234567890",
          "hello",
          "hello world");

  private WeakKeys() {}

  /**
   * Why {@code key} cannot be a random one, completing "a key that …"; empty when nothing speaks
   * against it.
   */
  static Optional<String> weakness(byte[] key) {
    if (repeats(key)) {
      return Optional.of("is one pattern repeated");
    }
    if (progresses(key)) {
      return Optional.of("is a plain sequence of numbers");
    }
    if (values(key) < FEWEST_VALUES) {
      return Optional.of("has too few different bytes to be random");
    }
    if (isText(key)) {
      return Optional.of("is text, such as a passphrase");
    }
    if (isHashOfWord(key)) {
      return Optional.of("is the hash of a well-known word");
    }
    return Optional.empty();
  }

  private static boolean repeats(byte[] key) {
    for (int period = 1; period <= key.length / 2; period++) {
      boolean same = true;
      for (int i = period; i < key.length; i++) {
        same &= key[i] == key[i - period];
      }
      if (same) {
        return true;
      }
    }
    return false;
  }

  private static boolean progresses(byte[] key) {
    boolean constant = true;
    for (int i = 2; i < key.length; i++) {
      constant &= (byte) (key[i] - key[i - 1]) == (byte) (key[1] - key[0]);
    }
    return constant;
  }

  private static int values(byte[] key) {
    boolean[] seen = new boolean[256];
    int values = 0;
    for (byte b : key) {
      values += seen[b & 0xff] ? 0 : 1;
      seen[b & 0xff] = true;
    }
    return values;
  }

  private static boolean isText(byte[] key) {
    boolean text = true;
    for (byte b : key) {
      text &= b >= 0x20 && b < 0x7f;
    }
    return text;
  }

  private static boolean isHashOfWord(byte[] key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      boolean found = false;
      for (String word : WORDS) {
        found |= MessageDigest.isEqual(sha256.digest(word.getBytes(UTF_8)), key);
        found |= MessageDigest.isEqual(sha256.digest((word + "\n").getBytes(UTF_8)), key);
      }
      return found;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }
}
