package dev.cofferdam.server.identity.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Sha256;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a program shows: a word that scanners for secrets find, 16 random bytes, and their MAC by
 * the ring {@code token}. The MAC tells a forged one without asking the database; the database has
 * the hash of the random half, by which nobody can make a token. The word is under the MAC, so that
 * a token of one kind is none of the other.
 *
 * <p>No record, and without {@code equals} and {@code hashCode}: it is a secret.
 */
public final class BearerToken {
  private static final String WORD = "cofferdam_";
  private static final int RANDOM = 16;
  private static final int MAC = 32;
  // In lower-case digits alone: one token has one text, and a double click takes all of it.
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{" + 2 * (RANDOM + MAC) + "}");

  private final Kind kind;
  private final byte[] random;
  private final byte[] mac;

  private BearerToken(Kind kind, byte[] random, byte[] mac) {
    this.kind = kind;
    this.random = random;
    this.mac = mac;
  }

  /** Whose tokens begin with what. */
  enum Kind {
    PERSONAL(WORD + "pat_"),
    SERVICE(WORD + "svc_");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  static BearerToken make(Kind kind, SecureRandom from, RingMac ring) {
    byte[] random = new byte[RANDOM];
    from.nextBytes(random);
    return new BearerToken(kind, random, ring.of(message(kind, random)));
  }

  /** Whether it begins like one, and so is no other kind of token. */
  static boolean isLike(String text) {
    return text.startsWith(WORD);
  }

  /** Reads a token; empty when it has not the form of one. */
  static Optional<BearerToken> ofText(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.prefix)) {
        String digits = text.substring(kind.prefix.length());
        return DIGITS.matcher(digits).matches()
            ? Optional.of(of(kind, HexFormat.of().parseHex(digits)))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static BearerToken of(Kind kind, byte[] bytes) {
    return new BearerToken(
        kind, Arrays.copyOf(bytes, RANDOM), Arrays.copyOfRange(bytes, RANDOM, RANDOM + MAC));
  }

  Kind kind() {
    return kind;
  }

  /** To be shown once to whoever made it, and to nobody else. */
  public String text() {
    return kind.prefix + HexFormat.of().formatHex(random) + HexFormat.of().formatHex(mac);
  }

  boolean isMadeWith(RingMac ring) {
    return ring.verifies(message(kind, random), mac);
  }

  /** By what the database finds the token. */
  byte[] hash() {
    return Sha256.of(random);
  }

  private static byte[] message(Kind kind, byte[] random) {
    byte[] label = ("cofferdam/1/token/" + kind.prefix + "/").getBytes(US_ASCII);
    byte[] message = Arrays.copyOf(label, label.length + random.length);
    System.arraycopy(random, 0, message, label.length, random.length);
    return message;
  }

  @Override
  public String toString() {
    return "a token";
  }
}
