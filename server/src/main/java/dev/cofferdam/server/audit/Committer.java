package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.surface.RecordId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what waits for all logs into one transaction after the other. While one is under way the
 * next may be computed on top of it; only when the first is stored does the second leave, and do
 * those who wait for the first get their receipts.
 *
 * <p>INVARIANT: no receipt leaves before its transaction has been committed. A checkpoint that was
 * signed for a transaction that failed is dropped with it.
 *
 * <p>After a failure it is not known what was stored. From then on, until an append succeeds, each
 * batch locks the heads, looks which records stand already, and appends the others in the same
 * transaction, so that nothing is lost and nothing stands twice.
 */
final class Committer {
  /** From so many logs on, signing takes about as long as storing, and is done meanwhile. */
  private static final int MANY_LOGS = 8;

  /** How long the heads are locked beforehand after another server was faster. */
  private static final Duration CAREFUL = Duration.ofSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final AuditSettings settings;
  private final LogStore store;
  private final Gathering gathering;
  private final StoredReceipts stored;
  private final Awaited awaited;
  private final Intake intake;
  private final AuditMetrics metrics;
  // Platform threads: the committer must not queue behind the thousands that wait for it.
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("audit-writer").factory());
  private final Thread thread =
      Thread.ofPlatform().daemon().name("audit-committer").unstarted(this::run);

  private final Pacing pacing;
  private long carefulUntil = System.nanoTime();
  private volatile long failingSince;
  private volatile boolean failing;
  private volatile boolean stopping;

  Committer(
      AuditSettings settings,
      LogStore store,
      Gathering gathering,
      StoredReceipts stored,
      Awaited awaited,
      Intake intake,
      AuditMetrics metrics) {
    this.settings = settings;
    this.store = store;
    this.gathering = gathering;
    this.stored = stored;
    this.awaited = awaited;
    this.intake = intake;
    this.pacing = new Pacing(intake::records, System::nanoTime, Thread::sleep);
    this.metrics = metrics;
  }

  /** Appends, and returns when the record stands in its log, or cannot in time. */
  Appended append(Draft draft) {
    Pending pending = new Pending(draft);
    Optional<Receipted> receipted =
        isTaking() && intake.offer(pending) ? pending.await(settings.deadline()) : Optional.empty();
    return receipted.isPresent() ? receipted.get() : refused();
  }

  /** What is answered, and counted, where nothing is to be done without a record. */
  Appended refused() {
    metrics.refused();
    return new Appended.Unavailable(settings.retryAfter());
  }

  /**
   * Once appends have failed for longer than anybody waits, only as many are taken as it needs to
   * see whether they succeed again; the others are refused at once.
   */
  private boolean isTaking() {
    return !stopping
        && (!failing
            || System.nanoTime() - failingSince < settings.deadline().toNanos()
            || intake.records() < Gathering.PROBES);
  }

  void start() {
    thread.start();
  }

  /** Ends when what waits is stored, or cannot be in time. */
  void stop() {
    stopping = true;
    intake.poke();
    try {
      thread.join(settings.deadline().plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    writer.shutdownNow();
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!stopping || (intake.records() > 0 && !failing)) {
        try {
          intake.await(Gathering.POLL);
          commitWhatWaits();
          pause = FIRST_PAUSE;
        } catch (RuntimeException | Error e) {
          failed(e);
          Thread.sleep(pause);
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The committer was told to end");
    } finally {
      gathering.close();
    }
  }

  private void failed(Throwable e) {
    gathering.forget();
    metrics.failed();
    if (!failing) {
      failingSince = System.nanoTime();
      failing = true;
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.warn("Records cannot be made durable: {}", cause.getMessage());
    }
    LOG.debug("The failure of the append", e);
  }

  private void succeeded() {
    if (failing) {
      failing = false;
      LOG.info("Records are made durable again.");
    }
  }

  /** Commits batch after batch until nothing waits that could be served. */
  private void commitWhatWaits() throws InterruptedException {
    Batch batch = gather();
    while (!batch.isEmpty()) {
      if (failing || carefulUntil - System.nanoTime() > 0) {
        commitCarefully(batch);
      } else {
        commitInTurn(batch);
      }
      batch = gather();
    }
  }

  private Batch gather() throws InterruptedException {
    pacing.await();
    Batch batch = gathering.gather();
    pacing.taken(batch.records());
    return batch;
  }

  /** Commits this batch and what comes after it, until nothing waits or one is not stored. */
  private void commitInTurn(Batch first) throws InterruptedException {
    Batch flying = first;
    Batch next = Batch.EMPTY;
    Batch landed = Batch.EMPTY;
    try {
      flying = gathering.grown(flying);
      while (!flying.isEmpty()) {
        long begin = System.nanoTime();
        Future<Set<LogId>> flight = take(flying);
        land(landed);
        landed = Batch.EMPTY;
        if (intake.logs() >= MANY_LOGS && pacing.awaitBeside(flight)) {
          next = gather();
          next = gathering.grown(next);
        }
        if (!grownElsewhere(flight).isEmpty()) {
          metrics.contended();
          carefulUntil = System.nanoTime() + CAREFUL.toNanos();
          return;
        }
        landed = flying;
        flying = Batch.EMPTY;
        gathering.stored(landed);
        metrics.committed(Duration.ofNanos(System.nanoTime() - begin), landed);
        flying = next;
        next = Batch.EMPTY;
        if (flying.isEmpty()) {
          if (pacing.left().isPositive()) {
            // Nobody waits for those who come after them.
            land(landed);
            landed = Batch.EMPTY;
          }
          flying = gather();
          flying = gathering.grown(flying);
        }
      }
    } finally {
      land(landed);
      gathering.giveBack(next, flying);
    }
  }

  private Future<Set<LogId>> take(Batch batch) {
    return writer.submit(() -> store.append(batch.growths()));
  }

  private static Set<LogId> grownElsewhere(Future<Set<LogId>> flight) throws InterruptedException {
    try {
      return flight.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch was not stored, or nobody knows", e);
    }
  }

  /**
   * What begins new logs goes apart from what adds to others, and behind it: whoever holds heads
   * and waits for a new one, while another server holds that and waits for the heads, would wait
   * until the database ends one of them.
   */
  private void commitCarefully(Batch batch) {
    Batch left = batch;
    try {
      Set<LogId> begun = store.heads(batch.taken().keySet(), false).keySet();
      for (Batch part : batch.parted(begun)) {
        left = left.parted(part.taken().keySet()).getLast();
        if (!part.isEmpty()) {
          commitLocked(part);
        }
      }
    } finally {
      gathering.giveBack(left);
    }
  }

  private void commitLocked(Batch batch) {
    long begin = System.nanoTime();
    Batch missing = Batch.EMPTY;
    boolean done = false;
    try {
      missing = store.together(() -> appendMissing(batch));
      done = true;
    } finally {
      if (!done) {
        gathering.giveBack(batch);
      }
    }
    gathering.forget();
    metrics.committed(Duration.ofNanos(System.nanoTime() - begin), missing);
    land(missing);
    landStanding(batch, missing);
    succeeded();
  }

  /** With the heads locked, what stands is known for good. */
  private Batch appendMissing(Batch batch) {
    Map<LogId, Head> locked = store.heads(batch.taken().keySet(), true);
    Set<RecordId> standing = store.standing(batch.drafts());
    Batch missing = gathering.grownOn(locked, batch.without(standing));
    if (!missing.isEmpty() && !store.append(missing.growths()).isEmpty()) {
      throw new IllegalStateException("a log began on another server at the same moment");
    }
    return missing;
  }

  /** Gives those who wait their receipts. */
  private void land(Batch batch) {
    for (Growth growth : batch.growths()) {
      int position = 0;
      for (Pending pending : batch.taken().getOrDefault(growth.log(), List.of())) {
        int place = position++;
        if (!pending.draft().fromOutbox()) {
          pending.land(() -> growth.receipt(place));
        } else if (awaited.isExpected(pending.draft().id())) {
          awaited.land(growth.receipt(place));
        }
      }
    }
  }

  /** Those whose record stood already: an earlier batch was stored, and its answer was lost. */
  private void landStanding(Batch batch, Batch missing) {
    Map<RecordId, Pending> standing = new HashMap<>();
    batch.forEach(pending -> standing.put(pending.draft().id(), pending));
    missing.forEach(pending -> standing.remove(pending.draft().id()));
    standing
        .values()
        .forEach(
            pending ->
                pending.land(() -> stored.receipted(pending.draft().log(), pending.draft().id())));
  }
}
