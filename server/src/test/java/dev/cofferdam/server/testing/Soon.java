package dev.cofferdam.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Waits for what another thread or process brings about. How soon that is, the review and the
 * benchmarks measure; here it is only told apart from what never comes, on the slowest machine too.
 */
public final class Soon {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // Asked without a pause, a limit of requests would answer in place of the control.
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Soon() {}

  /**
   * @throws AssertionError when it never does
   */
  public static void holds(Callable<Boolean> condition) {
    first(condition, held -> held);
  }

  /**
   * The first that is wanted.
   *
   * @throws AssertionError when none comes, with the last that came
   */
  public static <T> T first(Callable<T> look, Predicate<T> wanted) {
    long began = System.nanoTime();
    T seen = look(look);
    while (!wanted.test(seen)) {
      assertThat(System.nanoTime() - began).as("still %s", seen).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(PAUSE.toNanos());
      seen = look(look);
    }
    return seen;
  }

  private static <T> T look(Callable<T> look) {
    try {
      return look.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
