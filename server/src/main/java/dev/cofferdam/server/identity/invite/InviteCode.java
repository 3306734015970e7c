package dev.cofferdam.server.identity.invite;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Sha256;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a letter carries: 16 random bytes, and their MAC by the ring {@code invite}. The MAC tells a
 * forged one without asking the database; the database has the hash of the random half, by which
 * nobody can make a code.
 *
 * <p>No record, and without {@code equals} and {@code hashCode}: it is a secret.
 */
final class InviteCode {
  private static final int RANDOM = 16;
  private static final int MAC = 32;
  // 48 bytes in letters and digits alone: a double click takes all of it, whatever wraps it.
  private static final int RADIX = 36;
  private static final int TEXT = 75;
  private static final Pattern FORM = Pattern.compile("[0-9a-z]{" + TEXT + "}");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int LONGEST_PASTED = 200;

  private final byte[] random;
  private final byte[] mac;

  private InviteCode(byte[] random, byte[] mac) {
    this.random = random;
    this.mac = mac;
  }

  static InviteCode make(SecureRandom from, RingMac ring) {
    byte[] random = new byte[RANDOM];
    from.nextBytes(random);
    return new InviteCode(random, ring.of(message(random)));
  }

  /** Reads a code as a person pasted it; empty when it has not the form of one. */
  static Optional<InviteCode> ofText(String pasted) {
    if (pasted.length() > LONGEST_PASTED) {
      return Optional.empty();
    }
    String text = BLANKS.matcher(pasted).replaceAll("").toLowerCase(Locale.ROOT);
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(text, RADIX);
    if (number.bitLength() > (RANDOM + MAC) * Byte.SIZE) {
      return Optional.empty();
    }
    byte[] bytes = bytes(number);
    return Optional.of(
        new InviteCode(
            Arrays.copyOf(bytes, RANDOM), Arrays.copyOfRange(bytes, RANDOM, RANDOM + MAC)));
  }

  private static byte[] bytes(BigInteger number) {
    byte[] bytes = new byte[RANDOM + MAC];
    byte[] digits = number.toByteArray();
    int length = Math.min(digits.length, bytes.length);
    System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
    return bytes;
  }

  /** For the letter, and for nothing else. */
  String text() {
    byte[] both = Arrays.copyOf(random, RANDOM + MAC);
    System.arraycopy(mac, 0, both, RANDOM, MAC);
    String digits = new BigInteger(1, both).toString(RADIX);
    return "0".repeat(TEXT - digits.length()) + digits;
  }

  boolean isMadeWith(RingMac ring) {
    return ring.verifies(message(random), mac);
  }

  /** By what the database finds the invite. */
  byte[] hash() {
    return Sha256.of(random);
  }

  private static byte[] message(byte[] random) {
    byte[] label = "cofferdam/1/invite-code/".getBytes(US_ASCII);
    byte[] message = Arrays.copyOf(label, label.length + random.length);
    System.arraycopy(random, 0, message, label.length, random.length);
    return message;
  }

  @Override
  public String toString() {
    return "the code of an invite";
  }
}
