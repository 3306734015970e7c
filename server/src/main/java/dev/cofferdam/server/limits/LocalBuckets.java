package dev.cofferdam.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Buckets in the memory of this server.
 *
 * <p>INVARIANT: principals, tenants and addresses have room of their own, so that nobody without a
 * credential can push out the bucket of somebody with one. A bucket that is full again is
 * forgotten, since it says no more than a new one.
 */
final class LocalBuckets implements Buckets {
  /** Roughly 400 bytes a bucket: 60 MB when every room is full. */
  private static final Map<By, Integer> ROOM =
      Map.of(By.PRINCIPAL, 60_000, By.TENANT, 20_000, By.ADDRESS, 60_000);

  private final Map<By, Cache<Key, Held>> held = new EnumMap<>(By.class);
  private final TimeMeter time;

  private record Held(Bucket bucket, Duration timeToFill) {}

  LocalBuckets(Clock clock) {
    this.time = new ClockTime(clock);
    ROOM.forEach(
        (by, room) ->
            held.put(
                by,
                Caffeine.newBuilder()
                    .maximumSize(room)
                    // Its housekeeping as a task of its own costs each request a wake-up.
                    .executor(Runnable::run)
                    .ticker(time::currentTimeNanos)
                    .expireAfter(Expiry.<Key, Held>accessing((key, bucket) -> bucket.timeToFill()))
                    .build()));
  }

  @Override
  public Draw draw(Key key, Quota quota, long tokens) {
    Held found = Objects.requireNonNull(held.get(key.by())).get(key, absent -> full(quota));
    ConsumptionProbe probe = found.bucket().tryConsumeAndReturnRemaining(tokens);
    return draw(probe);
  }

  static Draw draw(ConsumptionProbe probe) {
    return new Draw(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForRefill()),
        Duration.ofNanos(probe.getNanosToWaitForReset()));
  }

  /** How many buckets of a kind are kept. */
  long kept(By by) {
    Cache<Key, Held> cache = Objects.requireNonNull(held.get(by));
    cache.cleanUp();
    return cache.estimatedSize();
  }

  private Held full(Quota quota) {
    Bucket bucket =
        Bucket.builder()
            .addLimit(
                limit -> limit.capacity(quota.burst()).refillGreedy(quota.amount(), quota.window()))
            .withCustomTimePrecision(time)
            .build();
    return new Held(bucket, quota.timeToFill());
  }

  /** The injected clock, as Bucket4j reads it. */
  record ClockTime(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      var now = clock.instant();
      return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
