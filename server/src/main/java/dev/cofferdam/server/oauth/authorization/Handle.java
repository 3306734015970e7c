package dev.cofferdam.server.oauth.authorization;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is shown once: a word that scanners for secrets find, where its row is, 16 random bytes, and
 * a MAC over all of it. A forged one costs no question to the database, and which tenant it is of
 * is what we wrote and not what somebody says. The database has the hash of the random bytes, by
 * which nobody can make one.
 *
 * <p>No record, and without {@code equals} and {@code hashCode}: it is a secret.
 */
public final class Handle {
  private static final int ID = 16;
  private static final int RANDOM = 16;
  private static final int MAC = 32;
  private static final String LABEL = "cofferdam/1/oauth/";

  private final String word;
  private final byte[] said;
  private final byte[] mac;

  /**
   * @param said the ids, and the random bytes behind them
   */
  private Handle(String word, byte[] said, byte[] mac) {
    this.word = word;
    this.said = said;
    this.mac = mac;
  }

  /** A new one. */
  public static Handle make(String word, List<UUID> ids, SecureRandom from, RingMac ring) {
    byte[] random = new byte[RANDOM];
    from.nextBytes(random);
    ByteBuffer said = ByteBuffer.allocate(ids.size() * ID + RANDOM);
    ids.forEach(
        id -> said.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()));
    said.put(random);
    return new Handle(word, said.array(), ring.of(message(word, said.array())));
  }

  /**
   * Reads one with this word and so many ids; empty when it has not the form of one, or no key of
   * the ring made its MAC.
   */
  public static Optional<Handle> of(String word, int ids, String text, RingMac ring) {
    int length = ids * ID + RANDOM;
    if (!text.startsWith(word) || text.length() != word.length() + 2 * (length + MAC)) {
      return Optional.empty();
    }
    String digits = text.substring(word.length());
    // In lower-case digits alone: one handle has one text.
    if (!digits
        .chars()
        .allMatch(digit -> digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f')) {
      return Optional.empty();
    }
    byte[] bytes = HexFormat.of().parseHex(digits);
    Handle handle =
        new Handle(
            word, Arrays.copyOf(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length));
    return ring.verifies(message(word, handle.said), handle.mac)
        ? Optional.of(handle)
        : Optional.empty();
  }

  /** Where its row is. */
  public List<UUID> ids() {
    ByteBuffer bytes = ByteBuffer.wrap(said, 0, said.length - RANDOM);
    List<UUID> ids = new ArrayList<>();
    while (bytes.hasRemaining()) {
      ids.add(new UUID(bytes.getLong(), bytes.getLong()));
    }
    return ids;
  }

  /** What the row has of it. */
  public byte[] hash() {
    return Sha256.of(Arrays.copyOfRange(said, said.length - RANDOM, said.length));
  }

  /** To be shown to whoever it is for, once. */
  public String text() {
    return word + HexFormat.of().formatHex(said) + HexFormat.of().formatHex(mac);
  }

  private static byte[] message(String word, byte[] said) {
    byte[] label = (LABEL + word + "/").getBytes(US_ASCII);
    byte[] message = Arrays.copyOf(label, label.length + said.length);
    System.arraycopy(said, 0, message, label.length, said.length);
    return message;
  }

  @Override
  public String toString() {
    return "a handle";
  }
}
