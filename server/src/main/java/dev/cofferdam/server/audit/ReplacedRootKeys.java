package dev.cofferdam.server.audit;

import dev.cofferdam.server.keyring.RootKeyReplaced;
import dev.cofferdam.server.keyring.RootKeyReplacements;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Records that the root key was replaced, which was while no server ran: the first that starts. */
final class ReplacedRootKeys implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ReplacedRootKeys.class);
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final RootKeyReplacements replacements;
  private final Outbox outbox;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private volatile boolean running;
  private volatile boolean done;

  ReplacedRootKeys(RootKeyReplacements replacements, Outbox outbox) {
    this.replacements = replacements;
    this.outbox = outbox;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("audit-root-key-");
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(this::look, AGAIN);
  }

  private void look() {
    if (done) {
      return;
    }
    try {
      replacements.record(this::record);
      done = true;
    } catch (RuntimeException e) {
      LOG.warn("That the root key was replaced cannot be recorded now: {}", e.getMessage());
    }
  }

  private void record(RootKeyReplaced replaced) {
    outbox.record(
        Entry.done(LogId.PLATFORM, new Actor.OfPlatform("keyring"), "root_key.replaced")
            .on("root_key", replaced.newId())
            .with("instead_of", replaced.oldId())
            .with("begun_at", replaced.begunAt().toString())
            .with("ended_at", replaced.endedAt().toString())
            .with("keys", Long.toString(replaced.rewrapped()))
            .with("unopenable", Long.toString(replaced.unopenable())));
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
