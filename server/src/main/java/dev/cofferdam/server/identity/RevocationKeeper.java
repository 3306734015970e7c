package dev.cofferdam.server.identity;

import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Lets a running server follow the revocations, and sweeps away what nobody can use any more. */
final class RevocationKeeper implements SmartLifecycle {
  /** How often the sequence is looked at. */
  static final Duration FOLLOWING = Duration.ofMillis(250);

  /** How long a revocation is kept: a server that was away for longer reads everything anew. */
  static final Duration KEPT = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(RevocationKeeper.class);
  private static final Duration SWEEPING = Duration.ofMinutes(5);
  private static final Scope SWEEP = new Scope.OfPlatform(new Purpose("sweep"));

  private final Revocations revocations;
  private final JdbcClient ops;
  private final Duration idle;
  private final Clock clock;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private volatile boolean running;
  private volatile boolean failing;

  RevocationKeeper(Revocations revocations, JdbcClient ops, Duration idle, Clock clock) {
    this.revocations = revocations;
    this.ops = ops;
    this.idle = idle;
    this.clock = clock;
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("revocations-");
  }

  @Override
  public void start() {
    running = true;
    scheduler.scheduleWithFixedDelay(() -> attempt(revocations::follow), FOLLOWING);
    scheduler.scheduleWithFixedDelay(
        () -> attempt(this::sweep), clock.instant().plus(SWEEPING), SWEEPING);
  }

  /** Ends what has expired, in the portions that the database chooses. */
  void sweep() {
    Instant now = clock.instant();
    int swept;
    do {
      swept =
          Scopes.call(
              SWEEP,
              () ->
                  ops.sql("select identity.sweep(:expired, :idle, :forgotten)")
                      .param("expired", now.atOffset(ZoneOffset.UTC))
                      .param("idle", now.minus(idle).atOffset(ZoneOffset.UTC))
                      .param("forgotten", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                      .query(Integer.class)
                      .single());
    } while (swept > 0 && running);
  }

  /** Said once: nothing is served from memory meanwhile, and readiness says why. */
  private void attempt(Runnable step) {
    try {
      step.run();
      if (failing) {
        LOG.info("The revocations are followed again.");
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing && running) {
        LOG.warn("The revocations cannot be followed: {}", e.getMessage());
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
