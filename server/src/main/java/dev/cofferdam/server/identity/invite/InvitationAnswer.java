package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import java.util.Optional;

/**
 * What became of what the holder of a code wanted. Everything but {@link Unknown} and {@link
 * OtherAddress} is told only to somebody whose verified address is the invited one.
 */
public sealed interface InvitationAnswer {
  /** This is what it says, and it can be accepted. */
  record Shown(Invitation invitation) implements InvitationAnswer {}

  /** The caller is a member now. */
  record Accepted(Recorded<Invitation> invitation) implements InvitationAnswer {}

  /** It will not be accepted any more. */
  record Declined(Recorded<Invitation> invitation) implements InvitationAnswer {}

  /** No invite has this code. */
  record Unknown() implements InvitationAnswer {}

  /** It was sent to another address than the one that the caller's provider vouches for. */
  record OtherAddress() implements InvitationAnswer {}

  record Expired() implements InvitationAnswer {}

  /** It was taken back, or a newer letter has another code. */
  record Revoked() implements InvitationAnswer {}

  /** It was accepted or declined. */
  record Used() implements InvitationAnswer {}

  /** Who answers for it is no member any more, or could not give this role now. */
  record InviterGone() implements InvitationAnswer {}

  /** The caller is a member without it. */
  record Member() implements InvitationAnswer {}

  /** Nobody comes into the tenant now. */
  record TenantClosed() implements InvitationAnswer {}

  /** How it is said to the caller; empty when it is what they wanted. */
  default Optional<Refusal> refusal() {
    return switch (this) {
      case Shown shown -> Optional.empty();
      case Accepted accepted -> Optional.empty();
      case Declined declined -> Optional.empty();
      case Unknown unknown -> Optional.of(Refusal.notFound());
      case OtherAddress other -> Optional.of(Refusal.of(ProblemCode.ADDRESS_MISMATCH));
      case Expired expired -> Optional.of(Refusal.of(ProblemCode.INVITE_EXPIRED));
      case Revoked revoked -> Optional.of(Refusal.of(ProblemCode.INVITE_REVOKED));
      case Used used -> Optional.of(Refusal.of(ProblemCode.INVITE_USED));
      case InviterGone gone -> Optional.of(Refusal.of(ProblemCode.INVITE_VOID));
      case Member member -> Optional.of(Refusal.of(ProblemCode.ALREADY_MEMBER));
      case TenantClosed closed -> Optional.of(Refusal.of(ProblemCode.TENANT_CLOSED));
    };
  }
}
