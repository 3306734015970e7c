package dev.cofferdam.server.audit;

import java.io.Serial;
import java.time.Duration;

/**
 * Records have been waiting for their leaves for too long. What needs one is not done: the
 * transaction that asked is rolled back, and its caller is told to come again.
 */
public final class AuditBehindException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Duration retryAfter;

  AuditBehindException(Duration behind, Duration retryAfter) {
    super("records have been waiting for " + behind.toSeconds() + " s for their leaves");
    this.retryAfter = retryAfter;
  }

  /** When to try again. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
