package dev.cofferdam.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The credential of a session, as the cookie holds it: 32 random bytes, and their MAC by the ring
 * {@code session}. The MAC tells a forged one without asking the database; the database knows the
 * hash of the random half, by which nobody can make a handle.
 *
 * <p>No record, and without {@code equals} and {@code hashCode}: it is a secret.
 */
public final class SessionHandle {
  static final int RANDOM = 32;
  private static final int MAC = 32;
  private static final int TEXT = 86;
  private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();

  private final byte[] random;
  private final byte[] mac;

  SessionHandle(byte[] random, byte[] mac) {
    this.random = random.clone();
    this.mac = mac.clone();
  }

  /** Reads the value of a cookie; empty when it has not the form of a handle. */
  static Optional<SessionHandle> ofText(String text) {
    if (text.length() != TEXT) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    SessionHandle handle =
        new SessionHandle(
            Arrays.copyOf(bytes, RANDOM), Arrays.copyOfRange(bytes, RANDOM, RANDOM + MAC));
    // Of the texts that decode to the same bytes one is the handle's: so it is one key everywhere.
    return bytes.length == RANDOM + MAC && handle.text().equals(text)
        ? Optional.of(handle)
        : Optional.empty();
  }

  /** The value of the cookie. */
  String text() {
    byte[] both = Arrays.copyOf(random, RANDOM + MAC);
    System.arraycopy(mac, 0, both, RANDOM, MAC);
    return TO_TEXT.encodeToString(both);
  }

  /** What the MAC is over. */
  static byte[] message(byte[] random) {
    byte[] label = "cofferdam/1/session-handle/".getBytes(US_ASCII);
    byte[] message = Arrays.copyOf(label, label.length + random.length);
    System.arraycopy(random, 0, message, label.length, random.length);
    return message;
  }

  boolean isMadeWith(RingMac ring) {
    return ring.verifies(message(random), mac);
  }

  /** By what the database finds the session. */
  Hash hash() {
    return new Hash(Sha256.of(random));
  }

  @Override
  public String toString() {
    return "a session's handle";
  }

  /** The hash of a handle: names it, and opens nothing. */
  static final class Hash {
    private final byte[] bytes;

    private Hash(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
