package dev.cofferdam.server.nodes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Sha256;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What lets one machine become one node: a word that scanners for secrets find, 16 random bytes,
 * and their MAC by the ring {@code bootstrap}. The MAC tells a forged one without asking the
 * database; the database has the hash of the random half, by which nobody can make a token.
 *
 * <p>No record, and without {@code equals} and {@code hashCode}: it is a secret.
 */
public final class BootstrapToken {
  private static final String PREFIX = "cofferdam_boot_";
  private static final int RANDOM = 16;
  private static final int MAC = 32;
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "([0-9a-f]{" + 2 * (RANDOM + MAC) + "})");

  private final byte[] random;
  private final byte[] mac;

  private BootstrapToken(byte[] random, byte[] mac) {
    this.random = random;
    this.mac = mac;
  }

  static BootstrapToken make(SecureRandom from, RingMac ring) {
    byte[] random = new byte[RANDOM];
    from.nextBytes(random);
    return new BootstrapToken(random, ring.of(message(random)));
  }

  /** Reads a token; empty when it has not the form of one. */
  static Optional<BootstrapToken> ofText(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    byte[] bytes = HexFormat.of().parseHex(form.group(1));
    return Optional.of(
        new BootstrapToken(
            Arrays.copyOf(bytes, RANDOM), Arrays.copyOfRange(bytes, RANDOM, RANDOM + MAC)));
  }

  /** To be shown once to whoever made it, and to nobody else. */
  public String text() {
    HexFormat hex = HexFormat.of();
    return PREFIX + hex.formatHex(random) + hex.formatHex(mac);
  }

  boolean isMadeWith(RingMac ring) {
    return ring.verifies(message(random), mac);
  }

  /** By what the database finds the token. */
  byte[] hash() {
    return Sha256.of(random);
  }

  private static byte[] message(byte[] random) {
    byte[] label = "cofferdam/1/bootstrap/".getBytes(US_ASCII);
    byte[] message = Arrays.copyOf(label, label.length + random.length);
    System.arraycopy(random, 0, message, label.length, random.length);
    return message;
  }

  @Override
  public String toString() {
    return "a bootstrap token";
  }
}
