package dev.cofferdam.server.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.server.surface.RecordId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The records that this server wrote and somebody may wait for: those of the outbox, and such as
 * are answered for in the same way. Forgets after a while: what is forgotten is found in the
 * database.
 */
final class Awaited {
  private static final int MOST = 20_000;
  private static final Duration KEPT = Duration.ofSeconds(30);

  private final Cache<RecordId, CompletableFuture<Receipted>> waits =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

  /** From now on the receipt of this record is kept for whoever comes for it. */
  void expect(RecordId id) {
    waits.put(id, new CompletableFuture<>());
  }

  /** The record will not come: its transaction was rolled back. */
  void forget(RecordId id) {
    waits.invalidate(id);
  }

  boolean isExpected(RecordId id) {
    return waits.getIfPresent(id) != null;
  }

  void land(Receipted receipted) {
    CompletableFuture<Receipted> wait = waits.getIfPresent(receipted.id());
    if (wait != null) {
      wait.complete(receipted);
    }
  }

  /** The receipt, when this server expects it and it is there in time. */
  Optional<Receipted> await(RecordId id, Duration longest) {
    CompletableFuture<Receipted> wait = waits.getIfPresent(id);
    if (wait == null) {
      return Optional.empty();
    }
    try {
      Receipted receipted = wait.get(longest.toNanos(), TimeUnit.NANOSECONDS);
      waits.invalidate(id);
      return Optional.of(receipted);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a landing is never exceptional", e);
    }
  }
}
