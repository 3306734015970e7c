package dev.cofferdam.server.identity.domain;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Lets a running server look at proven domains again. */
final class DomainKeeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DomainKeeper.class);
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final DomainRounds rounds;
  private final Clock clock;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private volatile boolean running;

  DomainKeeper(DomainRounds rounds, Clock clock) {
    this.rounds = rounds;
    this.clock = clock;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("domains-");
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(this::workOff, clock.instant().plus(EVERY), EVERY);
  }

  private void workOff() {
    try {
      while (running && rounds.workOff() > 0) {
        // Until nothing is due.
      }
    } catch (RuntimeException e) {
      if (running) {
        LOG.warn("Domains could not be looked at, and are tried again: {}", e.getMessage());
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
