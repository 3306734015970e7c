package dev.cofferdam.server.limits;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much in a while, as a bucket of tokens: {@code burst} at once, refilled evenly by {@code
 * amount} in each {@code window}.
 *
 * @param amount at least 1
 * @param window between one second and one day
 * @param burst at least 1
 */
public record Quota(long amount, Duration window, long burst) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?<amount>\\d{1,9}) per (?<number>\\d{1,5})(?<unit>[smhd]) burst (?<burst>\\d{1,9})");
  private static final Duration LONGEST = Duration.ofDays(1);

  public Quota {
    if (amount < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "a quota allows at least one request: a limit is never off");
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a window lasts between one second and one day");
    }
  }

  /**
   * Reads {@code 600 per 1m burst 100}; units are s, m, h and d.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  static Quota of(String text) {
    Matcher matcher = TEXT.matcher(text.strip().replaceAll(" +", " "));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "`" + text.strip() + "` is no quota: write it as `600 per 1m burst 100`");
    }
    long number = Long.parseLong(matcher.group("number"));
    Duration window =
        switch (matcher.group("unit")) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    return new Quota(
        Long.parseLong(matcher.group("amount")), window, Long.parseLong(matcher.group("burst")));
  }

  /** The same with {@code factor} of the amount and the burst, but never less than one of each. */
  Quota times(double factor) {
    return new Quota(
        Math.max(1, (long) (amount * factor)), window, Math.max(1, (long) (burst * factor)));
  }

  /** How long an empty bucket takes to be full, when it is as good as one that never was. */
  Duration timeToFill() {
    return Duration.ofNanos((long) (window.toNanos() * ((double) burst / amount))).plusSeconds(1);
  }

  /** In the form that is read. */
  @Override
  public String toString() {
    long seconds = window.toSeconds();
    String length =
        seconds % 3600 == 0
            ? seconds / 3600 + "h"
            : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    return amount + " per " + length + " burst " + burst;
  }
}
