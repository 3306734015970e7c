package dev.cofferdam.server.audit;

import java.time.Duration;

/** What became of an append: {@link Receipted}, or not possible now. */
public sealed interface Appended permits Receipted, Appended.Unavailable {
  /**
   * The record could not be made durable in time. What was to be recorded must not be done or
   * answered; the record itself may come to stand in the log all the same, as an attempt.
   *
   * @param retryAfter when to try again
   */
  record Unavailable(Duration retryAfter) implements Appended {}
}
