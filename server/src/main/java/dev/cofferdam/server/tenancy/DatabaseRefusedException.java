package dev.cofferdam.server.tenancy;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The database is not one that Cofferdam can be safe on, or cannot be reached. The message is one
 * or two plain sentences for the operator: what is wrong and what to do.
 */
public final class DatabaseRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Refuses with a sentence for the operator. */
  public DatabaseRefusedException(String message) {
    super(message);
  }

  /** Refuses with a sentence for the operator, keeping the cause for the log. */
  public DatabaseRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
