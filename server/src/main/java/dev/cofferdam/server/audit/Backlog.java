package dev.cofferdam.server.audit;

import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
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

  /**
   * Refuses what needs a record while too many wait.
   *
   * @throws dev.cofferdam.server.surface.RefusedException then
   */
  void requireBearable() {
    if (lag().compareTo(longest) > 0) {
      throw Refusal.of(ProblemCode.AUDIT_UNAVAILABLE).after(RETRY).thrown();
    }
  }
}
