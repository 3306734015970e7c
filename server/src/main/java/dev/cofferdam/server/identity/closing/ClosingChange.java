package dev.cofferdam.server.identity.closing;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Recorded;

/** What became of the wish to have the tenant deleted, or kept. */
public sealed interface ClosingChange {
  /** It is to be deleted. */
  record Scheduled(Recorded<ClosingView> closing) implements ClosingChange {}

  /** It is not to be deleted any more. */
  record CalledOff(Recorded<ClosingView> closing) implements ClosingChange {}

  /** It was to be deleted already. */
  record Before(ClosingView closing) implements ClosingChange {}

  /** It was not to be deleted, or nobody can call it off any more. */
  record Unknown() implements ClosingChange {}

  /** The name that was typed is not the tenant's. */
  record OtherName() implements ClosingChange {}

  record Denied(Reason reason) implements ClosingChange {}
}
