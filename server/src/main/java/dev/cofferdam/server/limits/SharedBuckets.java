package dev.cofferdam.server.limits;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * Buckets that several servers share. While the store cannot be reached each server counts for
 * itself, by a part of each quota; it asks the store again after a second.
 *
 * <p>INVARIANT: no failure of the store lets a request in uncounted.
 */
final class SharedBuckets implements Buckets, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBuckets.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_KEPT = Duration.ofDays(2);

  private final UnifiedJedis store;
  private final ProxyManager<byte[]> remote;
  private final Buckets own;
  private final double share;
  private final Clock clock;
  // Milliseconds since 1970; 0 while the store answers.
  private final AtomicLong awayUntil = new AtomicLong();

  /**
   * @param own counts while the store is away
   * @param share of each quota that holds then
   */
  SharedBuckets(UnifiedJedis store, Buckets own, double share, Clock clock, MeterRegistry meters) {
    this.store = store;
    this.own = own;
    this.share = share;
    this.clock = clock;
    this.remote =
        Bucket4jJedis.casBasedBuilder(store)
            .clientClock(new LocalBuckets.ClockTime(clock))
            .requestTimeout(StoreConnection.PATIENCE)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(LONGEST_KEPT))
            .build();
    Gauge.builder("cofferdam.limits.store.up", this, shared -> shared.isAway() ? 0 : 1)
        .description("whether the limits are counted over all servers")
        .register(meters);
  }

  @Override
  public Draw draw(Key key, Quota quota, long tokens) {
    boolean wasAway = awayUntil.get() != 0;
    if (!isAway()) {
      try {
        Draw draw = drawShared(key, quota, tokens);
        if (wasAway && awayUntil.getAndSet(0) != 0) {
          LOG.info("the store of the limits is back: they are counted over all servers again");
        }
        return draw;
      } catch (RuntimeException away) {
        if (awayUntil.getAndSet(clock.millis() + PAUSE.toMillis()) == 0) {
          LOG.warn(
              "the store of the limits cannot be used ({}): until it can, this server counts for itself, by {} of each quota",
              away.getClass().getSimpleName(),
              share);
        }
      }
    }
    return own.draw(key, quota.times(share), Math.min(tokens, quota.times(share).burst()));
  }

  private Draw drawShared(Key key, Quota quota, long tokens) {
    // The quota is part of the name: servers with another override count apart, instead of by the
    // quota that was there first.
    String name =
        "cofferdam:limit:%s:%s:%s:%s".formatted(key.limit(), key.by().label(), quota, key.who());
    return LocalBuckets.draw(
        remote
            .builder()
            .build(name.getBytes(StandardCharsets.UTF_8), () -> configuration(quota))
            .tryConsumeAndReturnRemaining(tokens));
  }

  private static BucketConfiguration configuration(Quota quota) {
    return BucketConfiguration.builder()
        .addLimit(
            limit -> limit.capacity(quota.burst()).refillGreedy(quota.amount(), quota.window()))
        .build();
  }

  private boolean isAway() {
    return clock.millis() < awayUntil.get();
  }

  @Override
  public void close() {
    store.close();
  }
}
