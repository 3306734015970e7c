package dev.cofferdam.server.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/**
 * Lets a running server work off what is due: again and again, and at once when it is told that
 * something was made here. A round that fails is followed by the next one.
 */
public final class DueWork implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);

  private final Duration first;
  private final Duration every;
  private final IntSupplier portion;
  private final String failure;
  private final Clock clock;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile boolean running;

  /**
   * @param name of what is due, which its threads are called by
   * @param first how long after the start the first round comes
   * @param every how long after each round the next one
   * @param portion works off some, and answers with how many that were: a round ends at none
   * @param failure what is said when it cannot be done now, as far as a colon
   */
  public DueWork(
      String name,
      Duration first,
      Duration every,
      IntSupplier portion,
      String failure,
      Clock clock) {
    this.first = first;
    this.every = every;
    this.portion = portion;
    this.failure = failure;
    this.clock = clock;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix(name + "-");
  }

  /**
   * Letters: those that another server left, or that are to be tried again, and at once those that
   * were made here.
   *
   * @param send some of what is due, and answers with how many that were
   */
  public static DueWork ofLetters(IntSupplier send, Clock clock) {
    return new DueWork(
        "letters",
        Duration.ZERO,
        Duration.ofSeconds(15),
        send,
        "Letters could not be sent, and are tried again",
        clock);
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(this::round, clock.instant().plus(first), every);
  }

  /** Something is due: it need not wait for the next round. */
  public void now() {
    if (running && wanted.compareAndSet(false, true)) {
      scheduler.execute(this::round);
    }
  }

  private void round() {
    wanted.set(false);
    try {
      while (running && portion.getAsInt() > 0) {
        // Until nothing is due.
      }
    } catch (RuntimeException e) {
      if (running) {
        LOG.warn("{}: {}", failure, e.getMessage());
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    scheduler.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
