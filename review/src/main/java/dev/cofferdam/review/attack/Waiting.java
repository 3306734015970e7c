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
    for (long until = System.nanoTime() + patience.toNanos(); System.nanoTime() < until; ) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.sleep(PAUSE);
    }
    return false;
  }
}
