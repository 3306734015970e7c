package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.surface.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Puts batches together, out of the memory and the outbox, and computes what they come to. Of the
 * committer's thread.
 *
 * <p>Within a log the records of the outbox come first, in the order of their transactions; of two
 * records of which one was caused by the other, the first was there before the second was made.
 */
final class Gathering implements AutoCloseable {
  /** How often the outbox is looked at unasked, for what other servers left there. */
  static final Duration POLL = Duration.ofMillis(250);

  /** How many may wait while appends fail. */
  static final int PROBES = 16;

  /**
   * How long what another server wrote is left to it, from when it was first seen. Who takes it
   * away from a server that lives has it look for its receipts, and both stumble over each other.
   */
  static final Duration LEFT_TO_OTHERS = Duration.ofSeconds(1);

  private static final int MOST_OF_ONE_LOG = 500;

  private final AuditSettings settings;
  private final LogStore store;
  private final CheckpointKeys keys;
  private final Intake intake;
  private final Backlog backlog;
  private final Predicate<RecordId> own;
  private final Heads heads;

  /** Since when it is left to others, by the record that is the first of its log. */
  private Map<RecordId, Long> othersSince = new HashMap<>();

  /** What of the outbox is in batches that have not landed. */
  private final Set<RecordId> underWay = new HashSet<>();

  private UUID served = LogId.PLATFORM.key();
  private long nextPoll = System.nanoTime();
  private boolean more;

  /**
   * @param own which records of the outbox this server wrote; of one that it forgot it may say no
   */
  Gathering(
      AuditSettings settings,
      LogStore store,
      CheckpointKeys keys,
      Intake intake,
      Backlog backlog,
      Predicate<RecordId> own) {
    this.settings = settings;
    this.store = store;
    this.keys = keys;
    this.intake = intake;
    this.backlog = backlog;
    this.own = own;
    this.heads = new Heads(store, settings.name());
  }

  /** What waits and can be served, not yet computed. */
  Batch gather() {
    keys.settle();
    List<Draft> waiting = peek();
    Set<LogId> logs = new HashSet<>(intake.waiting());
    waiting.forEach(draft -> logs.add(draft.log()));
    heads.load(logs);
    logs.removeIf(log -> keys.ready(log, heads.of(log).origin()).isEmpty());

    Map<LogId, List<Pending>> taken = new TreeMap<>();
    int room = settings.batchRecords();
    // However much waits in the outbox, half of a batch is for those who wait for their answer.
    int kept = intake.records() > 0 ? room / 2 : 0;
    for (Draft draft : waiting) {
      if (logs.contains(draft.log()) && room > kept) {
        taken.computeIfAbsent(draft.log(), log -> new ArrayList<>()).add(new Pending(draft));
        underWay.add(draft.id());
        room--;
      }
    }
    intake
        .drain(room, logs::contains)
        .forEach((log, list) -> taken.computeIfAbsent(log, key -> new ArrayList<>()).addAll(list));
    return new Batch(taken, List.of());
  }

  /** What is in the outbox and not under way; nothing while nobody said that there is something. */
  private List<Draft> peek() {
    if (!intake.wasPoked() && nextPoll - System.nanoTime() > 0) {
      return List.of();
    }
    nextPoll = System.nanoTime() + POLL.toNanos();
    intake.sweep();
    int most = settings.batchRecords();
    List<Draft> rows = store.waiting(served, MOST_OF_ONE_LOG, most);
    backlog.seen(
        rows.stream()
            .filter(draft -> keys.isOpen(draft.log()))
            .map(Gathering::madeAt)
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX));
    if (rows.isEmpty()) {
      more = false;
      return rows;
    }
    served = rows.getLast().log().key();
    Map<LogId, Integer> ofLog = new HashMap<>();
    rows.forEach(draft -> ofLog.merge(draft.log(), 1, Integer::sum));
    more = rows.size() > most / 2 || ofLog.containsValue(MOST_OF_ONE_LOG);
    Set<LogId> others = leftToOthers(rows);
    return rows.stream()
        .filter(draft -> !others.contains(draft.log()) && !underWay.contains(draft.id()))
        .toList();
  }

  /**
   * The logs whose first record another server wrote a moment ago. All of the log is left to it,
   * since within a log records stand in the order of their transactions.
   */
  private Set<LogId> leftToOthers(List<Draft> rows) {
    long now = System.nanoTime();
    Map<RecordId, Long> since = new HashMap<>();
    Set<LogId> seen = new HashSet<>();
    Set<LogId> others = new HashSet<>();
    for (Draft draft : rows) {
      RecordId id = draft.id();
      if (seen.add(draft.log()) && !own.test(id) && !underWay.contains(id)) {
        long first = othersSince.getOrDefault(id, now);
        since.put(id, first);
        if (now - first < LEFT_TO_OTHERS.toNanos()) {
          others.add(draft.log());
        }
      }
    }
    othersSince = since;
    return others;
  }

  /** When a record was made, in whole milliseconds: its id, a UUIDv7, begins with it. */
  private static Instant madeAt(Draft draft) {
    return Instant.ofEpochMilli(draft.id().value().getMostSignificantBits() >>> Short.SIZE);
  }

  /** The batch with what it comes to on the heads as they are believed to be. */
  Batch grown(Batch batch) {
    Batch grown = grown(batch, (log, list) -> heads.of(log));
    heads.grown(grown.growths());
    return grown;
  }

  /** The batch with what it comes to on these heads, or on none where a log has not begun. */
  Batch grownOn(Map<LogId, Head> locked, Batch batch) {
    return grown(batch, (log, list) -> locked.getOrDefault(log, heads.begin(log)));
  }

  private Batch grown(Batch batch, BiFunction<LogId, List<Pending>, Head> headOf) {
    List<Growth> growths = new ArrayList<>(batch.taken().size());
    batch
        .taken()
        .forEach(
            (log, list) -> {
              Head head = headOf.apply(log, list);
              CheckpointKey key =
                  keys.ready(log, head.origin())
                      .orElseThrow(
                          () -> new IllegalStateException("the key of `" + log.name() + "` went"));
              growths.add(Growth.of(log, head, list.stream().map(Pending::draft).toList(), key));
            });
    return new Batch(batch.taken(), growths);
  }

  /** This batch stands in its logs. */
  void stored(Batch batch) {
    batch.forEach(pending -> underWay.remove(pending.draft().id()));
    if (more) {
      intake.poke();
    }
  }

  /** These were not stored, or nobody knows: they come again, the last given first of all. */
  void giveBack(Batch... batches) {
    for (Batch batch : batches) {
      if (!batch.isEmpty()) {
        batch.forEach(pending -> underWay.remove(pending.draft().id()));
        intake.giveBack(batch.taken());
        intake.poke();
        heads.forget();
      }
    }
  }

  /** Believes nothing any more of what was stored. */
  void forget() {
    heads.forget();
    underWay.clear();
    intake.sweep();
    intake.poke();
  }

  @Override
  public void close() {
    keys.close();
  }
}
