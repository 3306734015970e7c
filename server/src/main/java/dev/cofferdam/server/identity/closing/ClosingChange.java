package dev.cofferdam.server.identity.closing;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Recorded;

/** What became of the wish to have the tenant deleted, or kept. */
public sealed interface ClosingChange {
  /** It is to be deleted, or will be when another owner agrees. */
  record Scheduled(Recorded<ClosingView> closing) implements ClosingChange {}

  /** Another owner has agreed: it is to be deleted. */
  record Agreed(Recorded<ClosingView> closing) implements ClosingChange {}

  /** Whoever asked for it cannot be the one who agrees. */
  record Own() implements ClosingChange {}

  /** Whoever has been an owner for so short a while cannot be the one who agrees. */
  record NewOwner() implements ClosingChange {}

  /** It is not to be deleted any more. */
  record CalledOff(Recorded<ClosingView> closing) implements ClosingChange {}

  /** It was to be deleted already, or waits for nobody. */
  record Before(ClosingView closing) implements ClosingChange {}

  /** It was not to be deleted, or nobody can call it off any more. */
  record Unknown() implements ClosingChange {}

  /** The name that was typed is not the tenant's. */
  record OtherName() implements ClosingChange {}

  record Denied(Reason reason) implements ClosingChange {}
}
