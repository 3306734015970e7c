package dev.cofferdam.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Settings by which each limit there is becomes one that no test reaches. */
final class WideLimits {
  private WideLimits() {}

  static List<String> all() {
    try (InputStream table =
        WideLimits.class.getResourceAsStream("/dev/cofferdam/server/limits/limits")) {
      return new String(Objects.requireNonNull(table).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> widened(line.split(" +")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tenant has at least twice what one of it has. */
  private static String widened(String[] words) {
    String amount = words[2].equals("tenant") ? "10000000" : "1000000";
    return "cofferdam.limits.overrides.%s.%s=%s per 1m burst %s"
        .formatted(words[0], words[2], amount, amount);
  }
}
