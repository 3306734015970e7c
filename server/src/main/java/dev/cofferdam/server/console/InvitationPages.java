package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.identity.invite.Invitation;
import dev.cofferdam.server.identity.invite.InvitationAnswer;
import dev.cofferdam.server.identity.invite.Invitations;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the letter of an invite leads to. The code comes in a form and goes on in one: it is in no
 * address, and so in no log and no Referer.
 */
@RestController
class InvitationPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String TITLE = "Invitation";

  private final Pages pages;
  private final Invitations invitations;

  InvitationPages(Pages pages, Invitations invitations) {
    this.pages = pages;
    this.invitations = invitations;
  }

  @GetMapping(path = "/invite", produces = HTML)
  @Surface(
      summary = "Page: where the link of an invite leads.",
      access = Access.ANYONE,
      limit = "public",
      action = "invite.come")
  String come(Call call, HttpServletRequest request) {
    boolean known = call.caller() instanceof Caller.Person;
    return pages.render(
        "invite", TITLE, "", call, known ? PresentedSession.of(request) : null, Map.of());
  }

  @PostMapping(path = "/invite", produces = HTML)
  @Surface(
      summary = "Form: opens an invite by its code.",
      access = Access.PERSON,
      limit = "invitation",
      action = "invite.open",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.ADDRESS_MISMATCH,
        ProblemCode.TENANT_CLOSED,
        ProblemCode.ALREADY_MEMBER,
        ProblemCode.INVITE_EXPIRED,
        ProblemCode.INVITE_REVOKED,
        ProblemCode.INVITE_USED,
        ProblemCode.INVITE_VOID
      })
  String open(
      Call call, Caller.Person caller, PresentedSession session, @RequestParam String code) {
    return switch (invitations.open(call, caller, code)) {
      case InvitationAnswer.Shown(Invitation invitation) ->
          pages.render(
              "invitation",
              TITLE,
              "",
              call,
              session,
              Map.of("card", card(invitation), "code", code.strip()));
      case InvitationAnswer other -> throw other.refusal().orElseThrow().thrown();
    };
  }

  private static InvitationCard card(Invitation invitation) {
    Profile inviter = invitation.inviter();
    String name = inviter.name();
    String email = inviter.email();
    return new InvitationCard(
        invitation.name(),
        invitation.slug().text(),
        Words.of(invitation.role()),
        name == null
            ? email == null ? "Somebody who runs it" : email
            : email == null ? name : name + " (" + email + ")",
        invitation.expiresAt().toString(),
        Words.of(invitation.expiresAt()));
  }

  @PostMapping(path = "/invite/accept", produces = HTML)
  @Surface(
      summary = "Form: accepts an invite and becomes a member.",
      access = Access.PERSON,
      limit = "invitation",
      action = "invite.accept",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.ADDRESS_MISMATCH,
        ProblemCode.TENANT_CLOSED,
        ProblemCode.ALREADY_MEMBER,
        ProblemCode.INVITE_EXPIRED,
        ProblemCode.INVITE_REVOKED,
        ProblemCode.INVITE_USED,
        ProblemCode.INVITE_VOID
      })
  Recorded<String> accept(
      Call call, Caller.Person caller, @RequestParam String code, HttpServletResponse response) {
    return switch (invitations.accept(call, caller, code)) {
      case InvitationAnswer.Accepted(var invitation) ->
          invitation.with(Redirect.to("/workspaces", response));
      case InvitationAnswer other -> throw other.refusal().orElseThrow().thrown();
    };
  }

  @PostMapping(path = "/invite/decline", produces = HTML)
  @Surface(
      summary = "Form: declines an invite.",
      access = Access.PERSON,
      limit = "invitation",
      action = "invite.decline",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.ADDRESS_MISMATCH,
        ProblemCode.TENANT_CLOSED,
        ProblemCode.INVITE_EXPIRED,
        ProblemCode.INVITE_REVOKED,
        ProblemCode.INVITE_USED,
        ProblemCode.INVITE_VOID
      })
  Recorded<String> decline(
      Call call, Caller.Person caller, @RequestParam String code, HttpServletResponse response) {
    return switch (invitations.decline(call, caller, code)) {
      case InvitationAnswer.Declined(var invitation) ->
          invitation.with(Redirect.to("/workspaces", response));
      case InvitationAnswer other -> throw other.refusal().orElseThrow().thrown();
    };
  }
}
