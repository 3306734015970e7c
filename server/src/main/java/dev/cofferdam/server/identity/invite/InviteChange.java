package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Recorded;

/** What became of the wish to invite somebody, or to change an invite. */
public sealed interface InviteChange {
  record Done(Recorded<InviteView> invite) implements InviteChange {}

  /** The caller may not give this role. */
  record Denied(Reason reason) implements InviteChange {}

  /** There is no such invite. */
  record Unknown() implements InviteChange {}

  /** It is not at the version that the caller has read. */
  record Outdated() implements InviteChange {}

  /** It was answered or taken back. */
  record Over() implements InviteChange {}

  /** The address has an open one already. */
  record InvitedBefore() implements InviteChange {}

  /** The tenant has as many open ones as it may. */
  record TooMany() implements InviteChange {}
}
