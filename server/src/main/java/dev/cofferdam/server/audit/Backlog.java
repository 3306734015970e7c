package dev.cofferdam.server.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How far the leaves are behind their records, as the committer last saw it. */
final class Backlog {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Clock clock;
  private final Duration longest;
  private volatile Instant oldest = Instant.MAX;

  Backlog(Clock clock, Duration longest) {
    this.clock = clock;
    this.longest = longest;
  }

  /**
   * @param oldestWaiting when the oldest record was made that waits and could be served; {@code
   *     Instant.MAX} when there is none
   */
  void seen(Instant oldestWaiting) {
    oldest = oldestWaiting;
  }

  /** How long the oldest record has been waiting. */
  Duration lag() {
    Instant since = oldest;
    Instant now = clock.instant();
    return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }

  void requireBearable() {
    Duration lag = lag();
    if (lag.compareTo(longest) > 0) {
      throw new AuditBehindException(lag, RETRY);
    }
  }
}
