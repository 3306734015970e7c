package dev.cofferdam.protocol.record;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Times in records: RFC 3339 in UTC with exactly six digits of the second, as PostgreSQL keeps
 * them.
 */
final class Moment {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Moment() {}

  static String text(Instant time) {
    return FORMAT.format(time);
  }

  static Instant parse(String text) {
    try {
      Instant time = Instant.parse(text);
      if (text(time).equals(text)) {
        return time;
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("`" + text + "` is not a time", e);
    }
    throw new IllegalArgumentException("`" + text + "` is not a time with six digits, in UTC");
  }

  /** Refuses what the encoding would cut off, and years that have no four digits. */
  static void requireMicros(Instant time) {
    if (!time.equals(time.truncatedTo(ChronoUnit.MICROS)) || text(time).length() != 27) {
      throw new IllegalArgumentException("`" + time + "` is not a time in whole microseconds");
    }
  }
}
