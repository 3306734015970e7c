package dev.cofferdam.node.witness;

import dev.cofferdam.protocol.log.Note;

/** What a witness says to a request. */
sealed interface Answer {
  /** The checkpoint continues what was known, and is now the newest. */
  record Cosigned(Note.Signature signature) implements Answer {}

  /** The log is not among those that are witnessed. */
  record UnknownLog() implements Answer {}

  /** No known key of the log has signed. */
  record NotSigned() implements Answer {}

  /** The caller believed another size than the one cosigned last, which is this. */
  record Stale(long size) implements Answer {}

  /** It was proven not to continue what was known, or not proven that it does. */
  record NotConsistent() implements Answer {}

  /** Not such a request at all. */
  record Malformed(String why) implements Answer {}
}
