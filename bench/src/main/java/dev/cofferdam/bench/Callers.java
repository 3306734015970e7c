package dev.cofferdam.bench;

import java.time.Duration;

/**
 * Who calls a contender at once.
 *
 * @param count how many, or 0 for as many as there are connections
 * @param virtual on threads as the server has them for its requests
 * @param every how often each of them calls, however long that takes; zero for as often as it can.
 *     What is late counts from when it was due.
 */
record Callers(int count, boolean virtual, Duration every) {
  /** As many threads as there are connections. */
  static final Callers AS_CONNECTIONS = of(0);

  /** One thread. */
  static final Callers ONE = of(1);

  /** Threads that call as often as they can. */
  static Callers of(int count) {
    return new Callers(count, false, Duration.ZERO);
  }

  static Callers virtual(int count) {
    return new Callers(count, true, Duration.ZERO);
  }

  /** The same at a steady rate, all together. */
  static Callers virtual(int count, int perSecond) {
    return new Callers(count, true, Duration.ofSeconds(count).dividedBy(perSecond));
  }
}
