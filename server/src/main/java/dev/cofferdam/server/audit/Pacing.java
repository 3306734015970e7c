package dev.cofferdam.server.audit;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * When the committer takes what waits (docs/adr/0132). A transaction costs nearly as much for one
 * record as for fifty, so where many come, those who come soon after one another go together; where
 * few come, nobody is kept waiting. Of the committer's thread.
 */
final class Pacing {
  /** Between two takings, at most: about what one transaction takes. */
  static final Duration WINDOW = Duration.ofMillis(3);

  /** When nobody came for so long, those who wait are all there are. */
  static final Duration LULL = Duration.ofNanos(400_000);

  /** From so many records at the last taking on, more are expected. */
  static final int MANY = 8;

  /** So many are taken at once: more together are hardly cheaper. */
  static final int ENOUGH = 40;

  private final IntSupplier waiting;
  private final LongSupplier nanos;
  private final Pause pause;
  private long taken;
  private boolean busy;

  /** How time passes. */
  @FunctionalInterface
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /**
   * @param waiting how many records wait
   * @param nanos a clock as {@link System#nanoTime} is one
   */
  Pacing(IntSupplier waiting, LongSupplier nanos, Pause pause) {
    this.waiting = waiting;
    this.nanos = nanos;
    this.pause = pause;
  }

  /** So many records were taken now. */
  void taken(int records) {
    taken = nanos.getAsLong();
    busy = records >= MANY;
  }

  /** How long others may still join; zero where none are expected, or enough are there. */
  Duration left() {
    long left = taken + WINDOW.toNanos() - nanos.getAsLong();
    return busy && left > 0 && waiting.getAsInt() < ENOUGH ? Duration.ofNanos(left) : Duration.ZERO;
  }

  /** Returns when it is time to take what waits. */
  void await() throws InterruptedException {
    int before = waiting.getAsInt();
    Duration left = left();
    while (left.isPositive()) {
      pause.of(left.compareTo(LULL) < 0 ? left : LULL);
      int now = waiting.getAsInt();
      left = now == before ? Duration.ZERO : left();
      before = now;
    }
  }

  /** The same, but no longer than until this is done. Whether it is not. */
  boolean awaitBeside(Future<?> flight) throws InterruptedException {
    Duration left = left();
    while (left.isPositive() && !flight.isDone()) {
      try {
        flight.get(Math.min(left.toNanos(), LULL.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | ExecutionException e) {
        // It is looked at by whoever began it.
      }
      left = left();
    }
    return !flight.isDone();
  }
}
