package dev.cofferdam.review.attack;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what an attack has begun and somebody else goes on with. */
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Waiting() {}

  /** Whether the condition held, before so long had passed. */
  public static boolean within(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    return within(patience, PAUSE, condition);
  }

  /**
   * The same, looking only so often: for what costs the server something to be asked.
   *
   * @param pause between two looks
   */
  public static boolean within(Duration patience, Duration pause, BooleanSupplier condition)
      throws InterruptedException {
    for (long until = System.nanoTime() + patience.toNanos(); System.nanoTime() < until; ) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.sleep(pause);
    }
    return false;
  }
}
