package dev.cofferdam.server.identity;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Recorded;

/** What became of the wish to change what somebody is in a tenant. */
public sealed interface MembershipChange {
  /** It is so now, and every server knows it within a second. */
  record Changed(Recorded<MemberView> member) implements MembershipChange {}

  /** There is no such member. */
  record Unknown() implements MembershipChange {}

  /** The caller may not give or take that role. */
  record Denied(Reason reason) implements MembershipChange {}

  /** A tenant keeps at least one owner. */
  record LastOwner() implements MembershipChange {}

  /** It is not at the version that the caller has read. */
  record Outdated() implements MembershipChange {}
}
