package dev.cofferdam.server.audit;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings {@code cofferdam.audit.*}.
 *
 * @param name of this platform, with which the names of its logs begin, such as a host name; a log
 *     keeps the name under which it began
 * @param deadline how long a request waits for its record to be durable, before it is refused
 * @param retryAfter what a refused request is told to wait
 * @param queueRecords the most records that wait in memory, 100 to 1000000
 * @param queueSize the most that these may have together
 * @param batchRecords the most records of one transaction, 1 to 10000
 * @param longestLag how long records may wait for their leaves before changes are refused
 * @param refusalWindow over which refusals of strangers are counted into one record
 */
@ConfigurationProperties("cofferdam.audit")
public record AuditSettings(
    @DefaultValue("cofferdam") String name,
    @DefaultValue("2s") Duration deadline,
    @DefaultValue("1s") Duration retryAfter,
    @DefaultValue("20000") int queueRecords,
    @DefaultValue("32MB") DataSize queueSize,
    @DefaultValue("2000") int batchRecords,
    @DefaultValue("1m") Duration longestLag,
    @DefaultValue("1m") Duration refusalWindow) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?");

  public AuditSettings {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "cofferdam.audit.name must be 1 to 100 lower-case letters, digits, dots and dashes, not `"
              + name
              + "`");
    }
    requireBetween("deadline", deadline, Duration.ofMillis(50), Duration.ofSeconds(30));
    requireBetween("retry-after", retryAfter, Duration.ofSeconds(1), Duration.ofMinutes(1));
    requireBetween("queue-records", queueRecords, 100, 1_000_000);
    requireBetween("queue-size", queueSize, DataSize.ofMegabytes(1), DataSize.ofGigabytes(1));
    requireBetween("batch-records", batchRecords, 1, 10_000);
    requireBetween("longest-lag", longestLag, Duration.ofSeconds(1), Duration.ofHours(1));
    requireBetween("refusal-window", refusalWindow, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  private static <T extends Comparable<T>> void requireBetween(
      String setting, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "cofferdam.audit.%s must be between %s and %s, not `%s`"
              .formatted(setting, shown(least), shown(most), shown(value)));
    }
  }

  private static String shown(Object value) {
    return value instanceof Duration duration
        ? duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT)
        : value.toString();
  }
}
