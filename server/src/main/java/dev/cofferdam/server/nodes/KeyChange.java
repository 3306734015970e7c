package dev.cofferdam.server.nodes;

import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** What became of a node's wish for other keys. */
public sealed interface KeyChange {
  /** It has them, and the older ones are nobody's. */
  record Changed(Recorded<NodeView> node) implements KeyChange {}

  /** Why not. */
  sealed interface Refused extends KeyChange {
    default Refusal refusal() {
      return switch (this) {
        case Malformed malformed -> Refusal.invalid("statement");
        case Outdated outdated -> Refusal.of(ProblemCode.CONFLICT);
        case KeyUsed used -> Refusal.of(ProblemCode.CONFLICT);
        case Unknown unknown -> Refusal.notFound();
      };
    }
  }

  /** The statement is none, is not signed by its key, or is of another node, server or time. */
  record Malformed() implements Refused {}

  /** The node has other keys by now than those in whose place these were to be. */
  record Outdated() implements Refused {}

  /** A node of the tenant has or had one of the keys. */
  record KeyUsed() implements Refused {}

  /** It is a node no more. */
  record Unknown() implements Refused {}
}
