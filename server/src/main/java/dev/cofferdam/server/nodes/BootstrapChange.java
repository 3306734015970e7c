package dev.cofferdam.server.nodes;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** What became of a wish about a bootstrap token. */
public sealed interface BootstrapChange {
  /**
   * There is a new one.
   *
   * @param secret to be shown now and never again
   */
  record Made(Recorded<BootstrapView> token, BootstrapToken secret) implements BootstrapChange {}

  /** It lets nobody become a node any more. */
  record Revoked(Recorded<BootstrapView> token) implements BootstrapChange {}

  /** Why not. */
  sealed interface Refused extends BootstrapChange {
    /** How it is said, by the API and by pages. */
    default Refusal refusal() {
      return switch (this) {
        case Denied(var reason) -> reason.refusal();
        case Unknown unknown -> Refusal.notFound();
        case TooMany many -> Refusal.of(ProblemCode.QUOTA_REACHED);
        case Spent spent -> Refusal.of(ProblemCode.CONFLICT);
      };
    }
  }

  record Denied(Reason reason) implements Refused {}

  /** There is no such token. */
  record Unknown() implements Refused {}

  /** There are as many open ones as there may be. */
  record TooMany() implements Refused {}

  /** A machine became a node with it, or it was revoked: there is nothing to end. */
  record Spent() implements Refused {}
}
