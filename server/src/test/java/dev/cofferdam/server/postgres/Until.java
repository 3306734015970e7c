package dev.cofferdam.server.postgres;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for something that another process or thread does, for a bounded time. */
public final class Until {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Until() {}

  public static void holds(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      Thread.sleep(5);
    }
  }
}
