package dev.cofferdam.server.audit;

import dev.cofferdam.server.surface.RecordId;
import java.time.Duration;
import java.util.Optional;

/**
 * The receipts of records that were written with {@link Outbox}: soon after their transaction, or
 * at any time later. Call it outside a transaction.
 */
public final class Receipts {
  private static final Duration FIRST_SLICE = Duration.ofMillis(50);
  private static final Duration LONGEST_SLICE = Duration.ofMillis(200);

  private final StoredReceipts stored;
  private final Awaited awaited;

  Receipts(StoredReceipts stored, Awaited awaited) {
    this.stored = stored;
    this.awaited = awaited;
  }

  /**
   * The receipt of a record whose transaction has been committed, when it is there in time; else
   * where the record stands then. For what was written on this server the wait costs no query.
   *
   * @param log which the caller may read: nothing here asks again
   */
  public Standing await(LogId log, RecordId id, Duration longest) {
    long until = System.nanoTime() + longest.toNanos();
    Duration next = FIRST_SLICE;
    while (true) {
      // In slices: another server may have taken it, or the answer of a commit was lost.
      Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
      Duration slice = shorter(left, next);
      next = shorter(next.multipliedBy(2), LONGEST_SLICE);
      Optional<Receipted> receipted = awaited.await(id, slice);
      if (receipted.isPresent()) {
        return receipted.get();
      }
      Standing standing = find(log, id);
      if (!(standing instanceof Standing.Pending) || slice.isZero() || !pause(id, slice)) {
        return standing;
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** What this server does not expect is looked for now and then; false when interrupted. */
  private boolean pause(RecordId id, Duration slice) {
    try {
      if (!awaited.isExpected(id)) {
        Thread.sleep(slice);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Where a record stands now.
   *
   * @param log which the caller may read: nothing here asks again
   */
  public Standing find(LogId log, RecordId id) {
    return stored.find(log, id);
  }
}
