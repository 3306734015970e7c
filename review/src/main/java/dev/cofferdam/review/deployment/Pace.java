package dev.cofferdam.review.deployment;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets so many pass in a second, and no more at once. Safe for many threads. */
final class Pace {
  private final long interval;
  private final LongSupplier nanos;
  private final Sleep sleep;
  private long next;

  /** Stands still for a while. */
  @FunctionalInterface
  interface Sleep {
    void nanos(long nanos) throws InterruptedException;
  }

  /**
   * @param perSecond at the most
   * @param nanos a clock that only runs forwards
   */
  Pace(double perSecond, LongSupplier nanos, Sleep sleep) {
    this.interval = (long) (1_000_000_000 / perSecond);
    this.nanos = nanos;
    this.sleep = sleep;
    this.next = nanos.getAsLong();
  }

  /** One by the clock of this machine. */
  static Pace of(double perSecond) {
    return new Pace(perSecond, System::nanoTime, nanos -> Thread.sleep(Duration.ofNanos(nanos)));
  }

  /** Returns when it is one's turn. */
  void await() {
    long wait;
    synchronized (this) {
      long now = nanos.getAsLong();
      long turn = Math.max(next, now);
      next = turn + interval;
      wait = turn - now;
    }
    pause(Duration.ofNanos(wait));
  }

  /** Stands still. */
  void pause(Duration time) {
    if (!time.isPositive()) {
      return;
    }
    try {
      sleep.nanos(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
