package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.record.Repetition;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Refusals of strangers and of those who come too often: counted, and recorded on the platform's
 * log once for each kind, source and window. Whoever causes them causes no record each, so nobody
 * can fill or stall a log from outside.
 *
 * <p>What has been counted is not durable before its window closes: it is lost with a server that
 * is killed.
 */
public final class Refusals {
  /** The most sources of one window; those that come later are counted together. */
  static final int MOST_SOURCES = 1000;

  private static final RefusalSource OTHERS = new RefusalSource("others");

  private final Committer committer;
  private final Drafts drafts;
  private final AuditMetrics metrics;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Counted, Long> window = new HashMap<>();
  private Instant begin;

  private record Counted(String kind, RefusalSource source) {}

  Refusals(Committer committer, Drafts drafts, AuditMetrics metrics, Clock clock) {
    this.committer = committer;
    this.drafts = drafts;
    this.metrics = metrics;
    this.clock = clock;
    this.begin = now();
  }

  /**
   * Counts one refusal. Touches nothing but memory, of which it uses a bounded piece.
   *
   * @param kind the code of the problem that was answered, from its closed catalogue
   */
  public void count(String kind, RefusalSource source) {
    metrics.counted(kind);
    add(new Counted(kind, source), 1);
  }

  private void add(Counted counted, long times) {
    lock.lock();
    try {
      boolean room = window.size() < MOST_SOURCES || window.containsKey(counted);
      window.merge(room ? counted : new Counted(counted.kind(), OTHERS), times, Long::sum);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the window and records what was counted in it. What cannot be recorded now is counted
   * into the next window.
   */
  void closeWindow() {
    Map<Counted, Long> closed;
    Instant from;
    Instant until = now();
    lock.lock();
    try {
      closed = window;
      from = begin;
      window = new HashMap<>();
      begin = until;
    } finally {
      lock.unlock();
    }
    boolean possible = true;
    for (Map.Entry<Counted, Long> each : closed.entrySet()) {
      possible = possible && isRecorded(draft(each.getKey(), each.getValue(), from, until));
      if (!possible) {
        add(each.getKey(), each.getValue());
      }
    }
  }

  private boolean isRecorded(Draft draft) {
    return switch (committer.append(draft)) {
      case Receipted receipted -> true;
      case Appended.Unavailable unavailable -> false;
    };
  }

  private Draft draft(Counted counted, long times, Instant from, Instant until) {
    Entry entry =
        Entry.denied(
                LogId.PLATFORM,
                new Actor.OfNetwork(counted.source()),
                "request.refused",
                counted.kind())
            .repeated(new Repetition(times, until));
    return drafts.draft(entry, from);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
