package dev.cofferdam.server.audit.mirror;

import dev.cofferdam.server.audit.LogId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether records reach the mirror, as this server has seen it itself: nobody is believed about it,
 * the database least of all. What is given away on the strength of a record asks before (ADR 0121).
 *
 * <p>Time runs by a clock that nobody sets. Safe for use by many threads; asking reads memory
 * alone.
 */
public final class MirrorWatch {
  private final @Nullable Duration patience;
  private final LongSupplier nanoTime;
  private final Map<LogId, Long> failing = new ConcurrentHashMap<>();
  private final Set<LogId> troubled = ConcurrentHashMap.newKeySet();
  private volatile long seen;

  /**
   * Begins as if the mirror had been seen just now.
   *
   * @param patience for how long it may be away; null when this server has no mirror
   * @param nanoTime as {@link System#nanoTime}
   */
  public MirrorWatch(@Nullable Duration patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.seen = nanoTime.getAsLong();
  }

  /** It has taken something just now. */
  public void seen() {
    seen = nanoTime.getAsLong();
  }

  /** It has what was committed to this log, and nothing else. */
  public void agrees(LogId log) {
    failing.remove(log);
    troubled.remove(log);
  }

  /** What was committed to this log could not be brought there. */
  public void failed(LogId log) {
    failing.putIfAbsent(log, nanoTime.getAsLong());
  }

  /** Of this log it tells another history, or less than it told before. */
  public void disagrees(LogId log) {
    troubled.add(log);
  }

  /**
   * Whether records of this log do not reach the mirror: at once where it tells something else, and
   * otherwise when it has been away for longer than the patience, from this log or from all. A
   * mirror in which the platform's log is missing or diverges is away from all: every mirror begins
   * with that.
   */
  public boolean isAway(LogId log) {
    if (patience == null) {
      return false;
    }
    return troubled.contains(log)
        || troubled.contains(LogId.PLATFORM)
        || isLongerThan(patience, seen)
        || isLongerThan(patience, failing.get(log));
  }

  private boolean isLongerThan(Duration longest, @Nullable Long since) {
    return since != null && nanoTime.getAsLong() - since > longest.toNanos();
  }

  /** How long it has been away from that log from which it has been away longest. */
  Duration away() {
    long now = nanoTime.getAsLong();
    long longest = now - seen;
    for (long since : failing.values()) {
      longest = Math.max(longest, now - since);
    }
    return Duration.ofNanos(Math.max(0, longest));
  }

  /** For how long it may be; nothing when this server has no mirror. */
  Duration patience() {
    return patience == null ? Duration.ZERO : patience;
  }
}
