package dev.cofferdam.bench;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who does the same over and over at a steady rate, as long as somebody else asks for it.
 *
 * <p>It is asked for by whoever measures beside it, so that it begins and ends with their turn.
 */
final class Noise implements AutoCloseable {
  private static final int THREADS = 4;
  private static final long LINGERS = 50_000_000;
  private static final long BREATH = 1_000_000;

  private final Maker maker;
  private final long every;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicLong times = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile long wantedAt = System.nanoTime() - 2 * LINGERS;
  private volatile boolean ended;

  /** What is done each time. */
  interface Maker {
    void run() throws IOException;
  }

  Noise(int perSecond, Maker maker) {
    this.maker = maker;
    this.every = 1_000_000_000L * THREADS / perSecond;
    for (int thread = 0; thread < THREADS; thread++) {
      threads.execute(this::make);
    }
  }

  /**
   * Goes on for a moment.
   *
   * @throws IllegalStateException when it cannot be made any more
   */
  void goOn() {
    Throwable why = failure.get();
    if (why != null) {
      throw new IllegalStateException("there is no noise", why);
    }
    wantedAt = System.nanoTime();
  }

  private void make() {
    long due = System.nanoTime();
    while (!ended) {
      long now = System.nanoTime();
      if (now - wantedAt > LINGERS) {
        due = now + BREATH;
      } else {
        try {
          maker.run();
        } catch (IOException | RuntimeException e) {
          failure.set(e);
          return;
        }
        times.incrementAndGet();
        due += every;
        nanos.addAndGet(Math.max(every, System.nanoTime() - now));
      }
      Stopwatch.waitUntil(due);
    }
  }

  /** How often a second it was done. */
  double perSecond() {
    return nanos.get() == 0 ? 0 : THREADS * times.get() * 1e9 / nanos.get();
  }

  @Override
  public void close() {
    ended = true;
    threads.close();
  }
}
