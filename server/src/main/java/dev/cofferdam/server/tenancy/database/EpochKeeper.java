package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.BindingEpochs;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Keeps a running server on the newest binding epoch, and rotates when it is time. */
final class EpochKeeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(EpochKeeper.class);
  private static final Duration FOLLOWING = Duration.ofSeconds(1);
  private static final Duration ROTATING = Duration.ofMinutes(1);

  private final BindingEpochs epochs;
  private final Duration rotation;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private volatile boolean running;
  private volatile boolean failing;

  EpochKeeper(BindingEpochs epochs, Duration rotation) {
    this.epochs = epochs;
    this.rotation = rotation;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("binding-epochs-");
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(() -> attempt(epochs::follow), FOLLOWING);
    scheduler.scheduleWithFixedDelay(
        () -> attempt(() -> epochs.rotateIfOlderThan(rotation)), ROTATING);
  }

  /** A database that is away is reported once by readiness and the log, not every second. */
  private void attempt(Runnable step) {
    try {
      step.run();
      if (failing) {
        LOG.info("The binding epochs are followed again.");
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing && running) {
        LOG.warn("The binding epochs cannot be followed: {}", e.getMessage());
      }
      failing = true;
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
