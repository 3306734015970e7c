package dev.cofferdam.server.audit.witness;

import dev.cofferdam.protocol.log.Note;

/** What a witness said of a checkpoint. */
public sealed interface Cosigning {
  /** It continues what the witness knew. */
  record Cosigned(Note.Signature signature) implements Cosigning {}

  /**
   * The witness knows another history, or more of this one.
   *
   * @param first the first index that may diverge
   */
  record Diverging(String what, long first) implements Cosigning {}

  /** Nothing that can be used; to be tried again. */
  record Unavailable(String why) implements Cosigning {}
}
