package dev.cofferdam.server.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which calls to a database fail, and counts them: some before they take place, some after,
 * so that the caller is told of a failure and the work is stored all the same. Safe for use by many
 * threads.
 */
public final class Faults {
  private final Map<Point, LongAdder> hit = new ConcurrentSkipListMap<>();
  private final Pattern calls;
  private volatile double share;
  private volatile boolean onlyNew;

  /** How a call fails. */
  public enum Mode {
    /** The call does not take place. */
    NOT_STORED,
    /** The same, and the connection is gone. */
    NOT_STORED_AND_CUT,
    /** The call takes place, and its answer is lost. */
    BUT_STORED,
    /** The same, and the connection is gone. */
    BUT_STORED_AND_CUT;

    boolean cuts() {
      return this == NOT_STORED_AND_CUT || this == BUT_STORED_AND_CUT;
    }

    boolean takesPlace() {
      return this == BUT_STORED || this == BUT_STORED_AND_CUT;
    }
  }

  /**
   * Where a fault can be.
   *
   * @param call the statement, by the first of the names that faults are for, or {@code commit}
   */
  public record Point(String call, Mode mode) implements Comparable<Point> {
    @Override
    public int compareTo(Point other) {
      int byCall = call.compareTo(other.call);
      return byCall != 0 ? byCall : mode.compareTo(other.mode);
    }
  }

  /** A call fails when its statement matches {@code calls}, or commits. None does at first. */
  public Faults(Pattern calls) {
    this.calls = calls;
  }

  /** From now on this share of the calls fails. */
  public void let(double shareThatFails) {
    share = shareThatFails;
  }

  /**
   * From now on a call fails only in a way in which it has not failed yet: so that whoever has seen
   * enough of all waits for the rarest of them alone.
   */
  public void onlyWhereNoneWas() {
    onlyNew = true;
  }

  /** How often a fault was at each point. */
  public Map<Point, LongAdder> hit() {
    return hit;
  }

  public long total() {
    return hit.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** By what a statement is counted; null when it never fails. */
  @Nullable String nameOf(String sql) {
    var matcher = calls.matcher(sql);
    return matcher.find() ? matcher.group() : null;
  }

  /** Whether and how this call fails. */
  @Nullable Mode draw(String call) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (random.nextDouble() >= share) {
      return null;
    }
    Mode mode = onlyNew ? missing(call) : any(random);
    if (mode == null) {
      return null;
    }
    hit.computeIfAbsent(new Point(call, mode), point -> new LongAdder()).increment();
    return mode;
  }

  private static Mode any(ThreadLocalRandom random) {
    // To connect anew costs more than all else, so fewer are cut.
    boolean cuts = random.nextInt(4) == 0;
    return random.nextBoolean()
        ? cuts ? Mode.NOT_STORED_AND_CUT : Mode.NOT_STORED
        : cuts ? Mode.BUT_STORED_AND_CUT : Mode.BUT_STORED;
  }

  private @Nullable Mode missing(String call) {
    for (Mode mode : Mode.values()) {
      if (!hit.containsKey(new Point(call, mode))) {
        return mode;
      }
    }
    return null;
  }
}
