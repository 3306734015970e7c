package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.SecretBytes;
import java.util.Arrays;
import java.util.Base64;

/** The text form of a root key, and what keeps a key from being one. */
final class RootKeyText {
  private static final byte[] HEADER = "cofferdam-root-key-1 ".getBytes(US_ASCII);

  /** 32 bytes in base64url without padding. */
  private static final int ENCODED = 43;

  private static final String RESTORE = ". Restore it from its backup";

  private RootKeyText() {}

  /** What a text turned out to hold. */
  sealed interface Parsed {}

  /** A key to start with. */
  static final class Sound implements Parsed {
    private final SecretBytes secret;

    private Sound(SecretBytes secret) {
      this.secret = secret;
    }

    SecretBytes secret() {
      return secret;
    }
  }

  /**
   * No key to start with.
   *
   * @param why what is wrong and what to do, without any of the text
   */
  record Unsound(String why) implements Parsed {}

  /** The text of {@code key}, in an array that the caller clears. */
  static byte[] format(byte[] key) {
    byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(key);
    byte[] text = Arrays.copyOf(HEADER, HEADER.length + encoded.length + 1);
    System.arraycopy(encoded, 0, text, HEADER.length, encoded.length);
    text[text.length - 1] = '\n';
    Arrays.fill(encoded, (byte) 0);
    return text;
  }

  /** Reads {@code text}, which the caller clears. */
  static Parsed parse(byte[] text) {
    int length = text.length > 0 && text[text.length - 1] == '\n' ? text.length - 1 : text.length;
    if (length == 0) {
      return new Unsound("is empty" + RESTORE);
    }
    if (length < HEADER.length
        || !Arrays.equals(text, 0, HEADER.length, HEADER, 0, HEADER.length)) {
      return new Unsound(
          "does not begin with `cofferdam-root-key-1`: it is not a root key of this version"
              + RESTORE);
    }
    if (length != HEADER.length + ENCODED) {
      return new Unsound(
          "holds "
              + (length - HEADER.length)
              + " characters of key where there must be 43"
              + RESTORE);
    }
    byte[] encoded = Arrays.copyOfRange(text, HEADER.length, length);
    byte[] key;
    try {
      key = Base64.getUrlDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return new Unsound("holds a key that is not base64url" + RESTORE);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
    try {
      return WeakKeys.weakness(key)
          .<Parsed>map(
              weakness -> new Unsound("holds a key that " + weakness + ". Use 32 random bytes"))
          .orElseGet(() -> new Sound(SecretBytes.takenFrom(key)));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
