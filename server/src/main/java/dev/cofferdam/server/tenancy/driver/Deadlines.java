package dev.cofferdam.server.tenancy.driver;

import java.time.Duration;

/**
 * How long the server lets a connection work, wait and idle before it ends the statement or the
 * connection. Set at connect, so that they hold before the first statement. A capability is checked
 * when its transaction begins: {@code transaction} bounds how long it can speak after it expired.
 *
 * @param statement longest run of one statement
 * @param lock longest wait for one lock
 * @param idleInTransaction longest pause between statements of a transaction
 * @param transaction longest transaction
 */
public record Deadlines(
    Duration statement, Duration lock, Duration idleInTransaction, Duration transaction) {

  /** For answering requests. */
  public static final Deadlines ANSWERING =
      new Deadlines(
          Duration.ofSeconds(15),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  public Deadlines {
    for (Duration each : new Duration[] {statement, lock, idleInTransaction, transaction}) {
      if (each.toMillis() < 1 || each.toMillis() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "a deadline is between 1 ms and 24 days, not `" + each + "`");
      }
    }
  }

  /** The start-up options that set them, with the isolation level that every connection keeps. */
  String asOptions() {
    return "-c statement_timeout="
        + statement.toMillis()
        + " -c lock_timeout="
        + lock.toMillis()
        + " -c idle_in_transaction_session_timeout="
        + idleInTransaction.toMillis()
        + " -c transaction_timeout="
        + transaction.toMillis()
        + " -c default_transaction_isolation=read\\ committed";
  }
}
