package dev.cofferdam.protocol.record;

import java.time.Instant;

/**
 * That one record stands for several equal events: refusals from outside are counted, not listed.
 *
 * @param count how many
 * @param until when the window closed that began at the record's time
 */
public record Repetition(long count, Instant until) {
  public Repetition {
    if (count < 1) {
      throw new IllegalArgumentException("a record stands for at least one event, not " + count);
    }
    Moment.requireMicros(until);
  }
}
