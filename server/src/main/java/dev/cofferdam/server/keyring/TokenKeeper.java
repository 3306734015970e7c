package dev.cofferdam.server.keyring;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Has a running server look after its token for the key service. */
final class TokenKeeper implements SmartLifecycle {
  private static final Duration EVERY = Duration.ofSeconds(20);

  private final Transit transit;
  private final TokenRenewal renewal;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private volatile boolean running;

  TokenKeeper(TransitSettings settings, Clock clock) {
    transit = new Transit(settings);
    renewal = new TokenRenewal(transit::renewToken, clock);
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("key-service-");
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(renewal::look, EVERY);
  }

  @Override
  public void stop() {
    running = false;
    scheduler.close();
    transit.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
