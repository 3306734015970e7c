package dev.cofferdam.review.wire;

/** What becomes of the transaction in which statements run inside the server. */
public enum Manner {
  /** Each statement is its own transaction. */
  EACH,
  /** One transaction, committed. */
  COMMIT,
  /** One transaction, rolled back. */
  ROLLBACK,
  /** One transaction, left open as an exception leaves it. */
  THROW
}
