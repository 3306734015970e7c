package dev.cofferdam.server.identity.closing;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Lets a running server end the tenants whose deletion is due. */
final class ErasureKeeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureKeeper.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Erasures erasures;
  private final Clock clock;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private volatile boolean running;

  ErasureKeeper(Erasures erasures, Clock clock) {
    this.erasures = erasures;
    this.clock = clock;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("erasures-");
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(this::workOff, clock.instant().plus(EVERY), EVERY);
  }

  private void workOff() {
    try {
      erasures.workOff();
    } catch (RuntimeException e) {
      if (running) {
        LOG.warn("Which tenants are to be deleted cannot be known now: {}", e.getMessage());
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
