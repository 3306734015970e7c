package dev.cofferdam.server.identity.oidc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that another machine publishes, fetched when it is needed and kept for a while. One
 * thread fetches at a time and the others wait for it; what failed is not tried again for a moment,
 * so that a machine that hangs is not also flooded. Safe for use by many threads.
 */
final class Fetched<T> {
  /** After a failure nobody asks again for so long. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private final Supplier<Optional<T>> fetch;
  private final Duration fresh;
  private final Duration stale;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();

  private volatile @Nullable Held<T> held;
  private volatile @Nullable Instant failedAt;

  private record Held<T>(T value, Instant at) {}

  /**
   * @param fetch asks the other machine
   * @param fresh how old it may become before it is fetched anew
   * @param stale how old it may become at most, when it cannot be fetched anew
   */
  Fetched(Supplier<Optional<T>> fetch, Duration fresh, Duration stale, Clock clock) {
    this.fetch = fetch;
    this.fresh = fresh;
    this.stale = stale;
    this.clock = clock;
  }

  /** It, no older than it may be; empty when it cannot be had. */
  Optional<T> get() {
    return notOlderThan(fresh).or(() -> held(stale));
  }

  /**
   * It, no older than {@code age}; empty when it cannot be had so new. Whoever calls this more
   * often than once in {@code age} gets what the first call got.
   */
  Optional<T> notOlderThan(Duration age) {
    Optional<T> before = held(age);
    if (before.isPresent() || justFailed()) {
      return before;
    }
    fetching.lock();
    try {
      // Somebody may have fetched it, or failed to, while this thread waited.
      Optional<T> meanwhile = held(age);
      return meanwhile.isPresent() || justFailed() ? meanwhile : fetchNow();
    } finally {
      fetching.unlock();
    }
  }

  private Optional<T> fetchNow() {
    Optional<T> value = fetch.get();
    Instant now = clock.instant();
    if (value.isPresent()) {
      held = new Held<>(value.get(), now);
      failedAt = null;
    } else {
      failedAt = now;
    }
    return value;
  }

  private Optional<T> held(Duration age) {
    Held<T> known = held;
    return known != null && known.at().plus(age).isAfter(clock.instant())
        ? Optional.of(known.value())
        : Optional.empty();
  }

  private boolean justFailed() {
    Instant failed = failedAt;
    return failed != null && failed.plus(PAUSE).isAfter(clock.instant());
  }
}
