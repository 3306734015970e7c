package dev.cofferdam.server.audit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A record on its way into its log, and whoever waits for it. */
final class Pending {
  private final Draft draft;
  // What makes the receipt, and not the receipt: each waiter computes its own, on its own thread.
  private final CompletableFuture<Supplier<Receipted>> landed = new CompletableFuture<>();
  private volatile boolean abandoned;

  Pending(Draft draft) {
    this.draft = draft;
  }

  Draft draft() {
    return draft;
  }

  /** Whether nobody waits any more, so that what is not under way yet need not be. */
  boolean isAbandoned() {
    return abandoned;
  }

  void land(Supplier<Receipted> receipt) {
    landed.complete(receipt);
  }

  /** The receipt; empty when it is not there in time, and then nobody waits any more. */
  Optional<Receipted> await(Duration longest) {
    try {
      return Optional.of(landed.get(longest.toNanos(), TimeUnit.NANOSECONDS).get());
    } catch (TimeoutException e) {
      abandoned = true;
      return Optional.empty();
    } catch (InterruptedException e) {
      abandoned = true;
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a landing is never exceptional", e);
    }
  }
}
