package dev.cofferdam.server.identity.invite;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/**
 * Lets a running server send letters: at once when one was made here, and again and again for those
 * that another server left, or that are to be tried again.
 */
public final class LetterKeeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LetterKeeper.class);
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final IntSupplier letters;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile boolean running;

  /**
   * @param letters sends what is due, and answers with how many that were
   */
  public LetterKeeper(IntSupplier letters) {
    this.letters = letters;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("letters-");
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(this::sendAll, EVERY);
  }

  /** A letter was made: it need not wait for the next round. */
  public void letterIsDue() {
    if (running && wanted.compareAndSet(false, true)) {
      scheduler.execute(this::sendAll);
    }
  }

  private void sendAll() {
    wanted.set(false);
    try {
      while (running && letters.getAsInt() > 0) {
        // Until nothing is due.
      }
    } catch (RuntimeException e) {
      if (running) {
        LOG.warn("Letters could not be sent, and are tried again: {}", e.getMessage());
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
