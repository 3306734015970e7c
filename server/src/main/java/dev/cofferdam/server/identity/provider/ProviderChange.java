package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** What became of a wish about a provider. */
public sealed interface ProviderChange {
  /** The view is of after the change, and of before a removal. */
  record Done(Recorded<ProviderView> provider) implements ProviderChange {}

  /** Why not. */
  sealed interface Refused extends ProviderChange {
    /** How it is said, by the API and by pages. */
    default Refusal refusal() {
      return switch (this) {
        case Denied(var reason) -> reason.refusal();
        case OwnProvider own -> Refusal.of(ProblemCode.FORBIDDEN).because("own_provider");
        case Unknown unknown -> Refusal.notFound();
        case AliasTaken taken -> Refusal.of(ProblemCode.NAME_TAKEN).at("alias");
        case TooMany many -> Refusal.of(ProblemCode.QUOTA_REACHED);
        case Untried untried -> Refusal.of(ProblemCode.CONFLICT);
        case Outdated outdated -> Refusal.of(ProblemCode.PRECONDITION_FAILED);
      };
    }
  }

  record Denied(Reason reason) implements Refused {}

  /**
   * The caller has signed in at a provider of the tenant's own, which does not vouch for itself.
   */
  record OwnProvider() implements Refused {}

  record Unknown() implements Refused {}

  /** The tenant has one of this alias. */
  record AliasTaken() implements Refused {}

  record TooMany() implements Refused {}

  /** Nobody has signed in at it yet to see that it works. */
  record Untried() implements Refused {}

  /** It is not at the version that the caller has read. */
  record Outdated() implements Refused {}
}
