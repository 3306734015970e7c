package dev.cofferdam.server.audit;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Runs the committer and closes the windows of refusals, from before the ports open to after. */
final class AuditKeeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(AuditKeeper.class);

  private final Committer committer;
  private final Refusals refusals;
  private final Duration window;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private volatile boolean running;

  AuditKeeper(Committer committer, Refusals refusals, Duration window) {
    this.committer = committer;
    this.refusals = refusals;
    this.window = window;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("audit-refusals-");
  }

  @Override
  public void start() {
    running = true;
    committer.start();
    scheduler.scheduleWithFixedDelay(this::closeWindow, window);
  }

  private void closeWindow() {
    try {
      refusals.closeWindow();
    } catch (RuntimeException e) {
      LOG.warn("Refusals could not be recorded: {}", e.getMessage());
    }
  }

  @Override
  public void stop() {
    scheduler.close();
    closeWindow();
    committer.stop();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Well before whatever serves requests, and so stopped well after it. */
  @Override
  public int getPhase() {
    return 0;
  }
}
