package dev.cofferdam.server.rotation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/**
 * Has a running server go on with rotations, and retire what has aged out. One rotation at a time;
 * how long a portion of it may last is for who works.
 */
final class Rounds implements SmartLifecycle, RunWorker.Rest {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration RETIRING = Duration.ofHours(1);

  private final Clock clock;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicBoolean working = new AtomicBoolean();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final List<BooleanSupplier> works;
  private final Retirements retirements;
  private volatile boolean running;

  /** What is done in these rounds, whose rests are cut short when the server stops. */
  interface Works {
    /** Each does some of it, and says whether there is more that can be done now. */
    List<BooleanSupplier> of(RunWorker.Rest rest);
  }

  Rounds(Works works, Retirements retirements, Clock clock) {
    this.works = works.of(this);
    this.retirements = retirements;
    this.clock = clock;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("rotation-");
  }

  @Override
  public void start() {
    running = true;
    Instant first = clock.instant().plus(FIRST);
    scheduler.scheduleWithFixedDelay(this::round, first, EVERY);
    scheduler.scheduleWithFixedDelay(() -> attempt(retirements::retire), first, RETIRING);
  }

  /** There is one more to go on with: it need not wait for the next round. */
  void now() {
    if (running && wanted.compareAndSet(false, true)) {
      scheduler.execute(this::round);
    }
  }

  private void round() {
    if (!working.compareAndSet(false, true)) {
      return;
    }
    try {
      attempt(
          () -> {
            do {
              wanted.set(false);
              works.forEach(this::exhaust);
            } while (running && wanted.get());
          });
    } finally {
      working.set(false);
    }
  }

  /** One that fails keeps none of the others from being done. */
  private void exhaust(BooleanSupplier work) {
    attempt(
        () -> {
          while (running && work.getAsBoolean()) {
            // Until none can be gone on with now.
          }
        });
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (running) {
        LOG.warn("Keys cannot be turned or ended now, and it is tried again: {}", e.getMessage());
      }
    }
  }

  @Override
  public void take(Duration time) {
    try {
      if (stopping.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new RunWorker.Rest.StoppedException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunWorker.Rest.StoppedException();
    }
  }

  @Override
  public void stop() {
    running = false;
    stopping.countDown();
    scheduler.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
