package dev.cofferdam.server.nodes;

import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** What became of a wish to be a node. */
public sealed interface RegistrationAnswer {
  /** It is one, from now or since the same keys asked before. */
  record Registered(Recorded<Registration> registration) implements RegistrationAnswer {}

  /** Why not. */
  sealed interface Refused extends RegistrationAnswer {
    default Refusal refusal() {
      return switch (this) {
        case Malformed malformed -> Refusal.invalid("statement");
        case Unknown unknown -> Refusal.of(ProblemCode.INVALID_TOKEN);
        case Spent spent -> Refusal.of(ProblemCode.GONE);
        case Closed closed -> Refusal.of(ProblemCode.TENANT_CLOSED);
        case NameTaken taken -> Refusal.of(ProblemCode.NAME_TAKEN);
        case KeyUsed used -> Refusal.of(ProblemCode.CONFLICT);
        case TooMany many -> Refusal.of(ProblemCode.QUOTA_REACHED);
      };
    }
  }

  /** The statement is none, is not signed by its key, or is for another server or time. */
  record Malformed() implements Refused {}

  /** There is no such token, as far as strangers are told. */
  record Unknown() implements Refused {}

  /** The token is genuine, and was used, has expired or was revoked. */
  record Spent() implements Refused {}

  /** The tenant takes no nodes now. */
  record Closed() implements Refused {}

  /** Another node has the name that the token says. */
  record NameTaken() implements Refused {}

  /** A node of the tenant has or had one of the keys. */
  record KeyUsed() implements Refused {}

  /** The tenant has as many nodes as it may have. */
  record TooMany() implements Refused {}
}
