package dev.cofferdam.server.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The help texts, one file per command, which the launcher script prints by itself: reading them
 * needs neither a JDK nor a build.
 */
final class Help {
  private Help() {}

  /** The text of {@code command}, {@code cofferdam} for the overview. */
  static Optional<String> of(String command) {
    if (!command.matches("[a-z]+")) {
      return Optional.empty();
    }
    try (InputStream in = Help.class.getResourceAsStream("help/" + command + ".txt")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
