package dev.cofferdam.server.postgres;

/**
 * The embedded PostgreSQL cannot be started, or not on this data. The message is one or two plain
 * sentences for the person at the terminal: what is wrong, and what to do.
 */
public final class PostgresRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PostgresRefusedException(String message) {
    super(message);
  }

  PostgresRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
