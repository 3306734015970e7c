package dev.cofferdam.server.oauth;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Does something again and again, as long as the server runs. */
public final class Rounds implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration FIRST = Duration.ofMinutes(1);

  private final String name;
  private final Duration every;
  private final Runnable step;
  private final Clock clock;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private volatile boolean running;

  /**
   * @param name for the log, as what is done: {@code sweeping}
   * @param every after how long it is done again; it may fail, and then is tried then
   */
  public Rounds(String name, Duration every, Runnable step, Clock clock) {
    this.name = name;
    this.every = every;
    this.step = step;
    this.clock = clock;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("oauth-" + name + "-");
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(this::attempt, clock.instant().plus(FIRST), every);
  }

  private void attempt() {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (running) {
        LOG.warn("The {} of the authorization server failed: {}", name, e.getMessage());
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
