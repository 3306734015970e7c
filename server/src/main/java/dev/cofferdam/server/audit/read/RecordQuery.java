package dev.cofferdam.server.audit.read;

import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records, the newest first. What is null does not matter.
 *
 * @param from the earliest time
 * @param until the time before which
 * @param after where the page before ended
 * @param limit of the page, 1 to 200
 */
public record RecordQuery(
    @Nullable Party actor,
    @Nullable String action,
    @Nullable Party object,
    @Nullable Outcome outcome,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable Position after,
    int limit) {
  /** The most records of a page. */
  public static final int MOST = 200;

  public RecordQuery {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("a page has 1 to 200 records, not " + limit);
    }
  }

  /** All records. */
  public static RecordQuery all(int limit) {
    return new RecordQuery(null, null, null, null, null, null, null, limit);
  }

  /** The same by this actor. */
  public RecordQuery by(Party who) {
    return new RecordQuery(who, action, object, outcome, from, until, after, limit);
  }

  /** The same of this action. */
  public RecordQuery of(String what) {
    return new RecordQuery(actor, what, object, outcome, from, until, after, limit);
  }

  /** The same on this object. */
  public RecordQuery on(Party what) {
    return new RecordQuery(actor, action, what, outcome, from, until, after, limit);
  }

  /** The same with this outcome. */
  public RecordQuery ending(Outcome how) {
    return new RecordQuery(actor, action, object, how, from, until, after, limit);
  }

  /** The same within this time. */
  public RecordQuery between(@Nullable Instant earliest, @Nullable Instant before) {
    return new RecordQuery(actor, action, object, outcome, earliest, before, after, limit);
  }

  /** The first page. */
  RecordQuery first() {
    return new RecordQuery(actor, action, object, outcome, from, until, null, limit);
  }

  /** The page behind. */
  public RecordQuery after(Position position) {
    return new RecordQuery(actor, action, object, outcome, from, until, position, limit);
  }

  /**
   * The place of a record among all, by time and then by index.
   *
   * @param time of the record
   * @param index in its log
   */
  public record Position(Instant time, long index) {
    /**
     * The position with this text.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Position parse(String text) {
      int slash = text.indexOf('/');
      try {
        return new Position(
            Instant.parse(text.substring(0, Math.max(0, slash))),
            Long.parseLong(text.substring(slash + 1)));
      } catch (java.time.format.DateTimeParseException e) {
        throw new IllegalArgumentException("not a position", e);
      }
    }

    @Override
    public String toString() {
      return time + "/" + index;
    }
  }
}
