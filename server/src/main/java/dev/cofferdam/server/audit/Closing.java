package dev.cofferdam.server.audit;

/** What came of closing a log. */
public sealed interface Closing {
  /**
   * It is closed, and its keys are destroyed.
   *
   * @param last the record that closes it; its receipt holds a checkpoint behind which nothing came
   *     through a transaction any more: give it to whoever must be able to prove the log
   */
  record Closed(Receipted last) implements Closing {}

  /** Nothing new comes, and something still waits for its leaf: close it again. */
  record Draining() implements Closing {}

  /** The tenant is not being deleted: its log goes on. */
  record InUse() implements Closing {}
}
