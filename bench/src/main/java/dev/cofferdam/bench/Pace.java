package dev.cofferdam.bench;

import java.time.Duration;

/**
 * How long and how wide to measure.
 *
 * @param threads clients at once
 * @param warmUp once for each contender, before the first round
 * @param turn of each contender in each round
 * @param rounds odd, so that the median is one that happened
 */
record Pace(int threads, Duration warmUp, Duration turn, int rounds) {
  Pace {
    if (threads < 1 || rounds < 1 || rounds % 2 == 0) {
      throw new IllegalArgumentException("at least one thread and an odd number of rounds");
    }
  }

  /** The same after so long a warm-up. */
  Pace warmedUpFor(Duration longer) {
    return new Pace(threads, longer, turn, rounds);
  }

  /** The same with turns that are no shorter than this. */
  Pace inTurnsOf(Duration least) {
    return new Pace(threads, warmUp, turn.compareTo(least) < 0 ? least : turn, rounds);
  }
}
