package dev.cofferdam.node.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long, and how often, a node sends a request again: it waits twice as long after each, by
 * chance a little more or less, or as the server says.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Duration whole;
  private final RandomGenerator chance;
  private final Resending resending;

  /**
   * @param whole how long it is waited altogether; zero for once
   */
  Patience(Duration whole, RandomGenerator chance, Resending.Sleeper sleeper) {
    this.whole = whole;
    this.chance = chance;
    this.resending = new Resending(sleeper);
  }

  static Patience of(Duration whole) {
    return new Patience(whole, RandomGenerator.getDefault(), Thread::sleep);
  }

  /**
   * The first answer that is more than a request for time.
   *
   * @throws UnreachableServerException when the time is over; the message says what was met last
   */
  Reply send(Resending.Attempt attempt) throws IOException {
    return resending.send(attempt, new Doubling());
  }

  private final class Doubling implements Resending.Pace {
    private Duration waited = Duration.ZERO;
    private Duration next = FIRST;

    @Override
    public Optional<Duration> next(Optional<Duration> asked) {
      Duration wait = asked.orElse(spread(next));
      if (waited.plus(wait).compareTo(whole) > 0) {
        return Optional.empty();
      }
      waited = waited.plus(wait);
      next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
      return Optional.of(wait);
    }
  }

  /**
   * Between half and one and a half of it, so that many who lost one server do not come at once.
   */
  private Duration spread(Duration time) {
    return time.dividedBy(2).plusMillis(chance.nextLong(time.toMillis() + 1));
  }
}
