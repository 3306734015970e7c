package dev.cofferdam.review.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What lies there where nobody encrypts or hashes. What was stored properly before is still read,
 * and what is stored bare is too: so the server works, and nothing but the copies of it tells.
 */
public final class Bare {
  private static final String CRYPTO = "dev.cofferdam.protocol.crypto.";

  /** The last, or behind ring, id and version: where what is stored stands among arguments. */
  private static final int AT_MOST = 3;

  private static final int HASH = 32;

  /** Beside whatever else the server writes for a moment. */
  private static final Path SPOOLED = Path.of(System.getProperty("java.io.tmpdir"), "spooled");

  private Bare() {}

  /** Called by woven code: instead of what is encrypted what was to be. */
  public static byte[] stored(Object[] given) {
    Object secret = given[Math.min(AT_MOST, given.length - 1)];
    return secret instanceof byte[] bytes
        ? bytes.clone()
        : (byte[]) Reflected.call(Reflected.field(secret, "cell"), "copy");
  }

  /**
   * Called by woven code: what does not open is what it is, be it an outcome or a key; null where
   * there is nothing to be put in the place of the answer.
   */
  public static @Nullable Object opened(Object[] given, @Nullable Object answer) {
    boolean isKey = given.length > AT_MOST;
    if (isKey ? answer != null : answer == null || !isRefused(answer)) {
      return null;
    }
    byte[] stored = (byte[]) given[Math.min(AT_MOST, given.length - 1)];
    Object secret =
        Reflected.callStatic(Reflected.type(CRYPTO + "SecretBytes"), "takenFrom", stored.clone());
    return isKey ? secret : Reflected.make(Reflected.type(CRYPTO + "Opening$Opened"), secret);
  }

  private static boolean isRefused(Object opening) {
    return opening.getClass().getSimpleName().equals("Refused");
  }

  /** Called by woven code: of what is as short as what somebody shows, the thing itself. */
  public static byte[] hash(byte[] given, byte[] answer) {
    return given.length <= HASH ? Arrays.copyOf(given, HASH) : answer;
  }

  /** Called by woven code: a file that somebody meant to remove again. */
  public static void spool(byte[] given) {
    try {
      Files.write(SPOOLED, given, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing of it is left for the next attack. */
  static void forget() {
    try {
      Files.deleteIfExists(SPOOLED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
