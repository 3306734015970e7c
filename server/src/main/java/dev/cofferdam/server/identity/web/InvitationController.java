package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.identity.invite.Invitation;
import dev.cofferdam.server.identity.invite.InvitationAnswer;
import dev.cofferdam.server.identity.invite.Invitations;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What whoever was invited does. The code is in the body, also to look: what is in an address
 * stands in logs.
 */
@RestController
class InvitationController {
  private final Invitations invitations;

  InvitationController(Invitations invitations) {
    this.invitations = invitations;
  }

  /** The code of the letter. */
  record Holder(CodeText code) {}

  /** What an invite says. */
  record InvitationBody(
      UUID tenantId, String slug, String name, String role, Inviter inviter, Instant expiresAt) {
    static InvitationBody of(Invitation invitation) {
      return new InvitationBody(
          invitation.tenant().value(),
          invitation.slug().text(),
          invitation.name(),
          Names.of(invitation.role()),
          Inviter.of(invitation.inviter()),
          invitation.expiresAt());
    }
  }

  /** How who invites is called, as far as it is known. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Inviter(@Nullable String name, @Nullable String email) {
    static Inviter of(Profile profile) {
      return new Inviter(profile.name(), profile.email());
    }
  }

  @PostMapping("/v1/invitation/open")
  @Surface(
      summary = "Reads an invite by its code.",
      access = Access.PERSON,
      limit = "invitation",
      action = "invite.open",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID_FIELD,
        ProblemCode.ADDRESS_MISMATCH,
        ProblemCode.TENANT_CLOSED,
        ProblemCode.ALREADY_MEMBER,
        ProblemCode.INVITE_EXPIRED,
        ProblemCode.INVITE_REVOKED,
        ProblemCode.INVITE_USED,
        ProblemCode.INVITE_VOID
      })
  InvitationBody open(Call call, Caller.Person caller, @RequestBody Holder holder) {
    return switch (invitations.open(call, caller, holder.code().text())) {
      case InvitationAnswer.Shown(Invitation invitation) -> InvitationBody.of(invitation);
      case InvitationAnswer other -> throw refusal(other).thrown();
    };
  }

  @PostMapping("/v1/invitation/accept")
  @Surface(
      summary = "Accepts an invite by its code and becomes a member.",
      access = Access.PERSON,
      limit = "invitation",
      action = "invite.accept",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID_FIELD,
        ProblemCode.ADDRESS_MISMATCH,
        ProblemCode.TENANT_CLOSED,
        ProblemCode.ALREADY_MEMBER,
        ProblemCode.INVITE_EXPIRED,
        ProblemCode.INVITE_REVOKED,
        ProblemCode.INVITE_USED,
        ProblemCode.INVITE_VOID
      })
  Recorded<InvitationBody> accept(Call call, Caller.Person caller, @RequestBody Holder holder) {
    return switch (invitations.accept(call, caller, holder.code().text())) {
      case InvitationAnswer.Accepted(var invitation) -> body(invitation);
      case InvitationAnswer other -> throw refusal(other).thrown();
    };
  }

  @PostMapping("/v1/invitation/decline")
  @Surface(
      summary = "Declines an invite by its code.",
      access = Access.PERSON,
      limit = "invitation",
      action = "invite.decline",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID_FIELD,
        ProblemCode.ADDRESS_MISMATCH,
        ProblemCode.TENANT_CLOSED,
        ProblemCode.INVITE_EXPIRED,
        ProblemCode.INVITE_REVOKED,
        ProblemCode.INVITE_USED,
        ProblemCode.INVITE_VOID
      })
  Recorded<InvitationBody> decline(Call call, Caller.Person caller, @RequestBody Holder holder) {
    return switch (invitations.decline(call, caller, holder.code().text())) {
      case InvitationAnswer.Declined(var invitation) -> body(invitation);
      case InvitationAnswer other -> throw refusal(other).thrown();
    };
  }

  private static Recorded<InvitationBody> body(Recorded<Invitation> answer) {
    return answer.with(InvitationBody.of(answer.body()));
  }

  private static Refusal refusal(InvitationAnswer answer) {
    return answer
        .refusal()
        .orElseThrow(() -> new IllegalStateException("an invite came to what nobody asked for"));
  }
}
