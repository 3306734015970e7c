package dev.cofferdam.server.identity.domain;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** What became of a wish about a domain. */
public sealed interface DomainChange {
  /**
   * It is claimed, was looked at, or is gone: the view is of after a look, and before a removal.
   */
  record Done(Recorded<DomainView> domain) implements DomainChange {}

  /** Why not. */
  sealed interface Refused extends DomainChange {
    /** How it is said, by the API and by pages. */
    default Refusal refusal() {
      return switch (this) {
        case Denied(var reason) -> reason.refusal();
        case Unknown unknown -> Refusal.notFound();
        case ClaimedBefore before -> Refusal.of(ProblemCode.CONFLICT).at("name");
        case TooMany many -> Refusal.of(ProblemCode.QUOTA_REACHED);
      };
    }
  }

  record Denied(Reason reason) implements Refused {}

  /** The tenant has no such claim. */
  record Unknown() implements Refused {}

  /** The tenant has claimed this one already. */
  record ClaimedBefore() implements Refused {}

  /** The tenant has as many claims as there may be. */
  record TooMany() implements Refused {}
}
