package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.invite.InviteChange;
import dev.cofferdam.server.identity.invite.InviteId;
import dev.cofferdam.server.identity.invite.InviteView;
import dev.cofferdam.server.identity.invite.Invites;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Workspace;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The invites of the tenant that one works in. */
@RestController
class InvitePages {
  private static final String HTML = "text/html;charset=UTF-8";

  private final Pages pages;
  private final Invites invites;

  InvitePages(Pages pages, Invites invites) {
    this.pages = pages;
    this.invites = invites;
  }

  @GetMapping(path = "/invites", produces = HTML)
  @Surface(
      summary = "Page: the invites of the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "invite.list")
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID before) {
    return page(call, caller, session, before, "", "");
  }

  private String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @Nullable UUID before,
      String email,
      String wrong) {
    Page<InviteView> found =
        invites.newest(
            new PageRequest(PageRequest.USUAL, before == null ? null : before.toString()));
    return pages.render(
        "invites",
        "Invites",
        "/invites",
        call,
        session,
        Map.of(
            "invites",
            found.items().stream().map(InvitePages::line).toList(),
            "roles",
            MemberPages.roles(caller.workspace().map(Workspace::role).orElse(Role.MEMBER)),
            "email",
            email,
            "wrong",
            wrong,
            "next",
            found.last() == null ? "" : "/invites?before=" + found.last()));
  }

  private static InviteLine line(InviteView one) {
    return new InviteLine(
        one.id().toString(),
        one.address().map(EmailAddress::text).orElse("an address that was erased"),
        Words.of(one.role()),
        Words.of(one.state()),
        switch (one.letter()) {
          case WAITING -> "its letter is on the way";
          case SENT -> "its letter was handed over";
          case FAILED -> "no mail server took its letter";
        },
        one.expiresAt().toString(),
        Words.of(one.expiresAt()),
        ETag.ofVersion(one.version()).value(),
        one.state() == InviteView.State.OPEN || one.state() == InviteView.State.EXPIRED);
  }

  /** Invites an address; the page comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = "/invites", produces = HTML)
  @Surface(
      summary = "Form: invites somebody by e-mail address.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "invite",
      action = "invite.create")
  Object create(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String email,
      @RequestParam Role role,
      HttpServletResponse response) {
    Optional<EmailAddress> address = EmailAddress.of(email.strip());
    if (address.isEmpty()) {
      return again(call, caller, session, email, "That is no e-mail address.", response);
    }
    return switch (invites.create(
        call, caller, address.get(), role, session.origin(), made -> {})) {
      case InviteChange.Done(var invite) -> invite.with(Redirect.to("/invites", response));
      case InviteChange.InvitedBefore before ->
          again(
              call,
              caller,
              session,
              email,
              "That address has an open invitation. Have it sent again, or revoke it first.",
              response);
      case InviteChange.TooMany many ->
          again(
              call,
              caller,
              session,
              email,
              "There are as many open invitations as there may be. Revoke one first.",
              response);
      case InviteChange other -> throw refusal(other).thrown();
    };
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      String email,
      String wrong,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return page(call, caller, session, null, email, wrong);
  }

  @PostMapping(path = "/invites/letter", produces = HTML)
  @Surface(
      summary = "Form: sends the letter of an invite again, with a new link.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "invite",
      action = "invite.resend",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.GONE, ProblemCode.PRECONDITION_FAILED})
  Recorded<String> resend(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam UUID invite,
      @RequestParam String version,
      HttpServletResponse response) {
    return answered(
        invites.resend(
            call, caller, new InviteId(invite), session.origin(), MemberPages.read(version)),
        response);
  }

  @PostMapping(path = "/invites/revoke", produces = HTML)
  @Surface(
      summary = "Form: revokes an invite.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "invite.revoke",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.GONE, ProblemCode.PRECONDITION_FAILED})
  Recorded<String> revoke(
      Call call,
      Caller.Person caller,
      @RequestParam UUID invite,
      @RequestParam String version,
      HttpServletResponse response) {
    return answered(
        invites.revoke(call, caller, new InviteId(invite), MemberPages.read(version)), response);
  }

  private static Recorded<String> answered(InviteChange change, HttpServletResponse response) {
    return switch (change) {
      case InviteChange.Done(var invite) -> invite.with(Redirect.to("/invites", response));
      case InviteChange other -> throw refusal(other).thrown();
    };
  }

  private static Refusal refusal(InviteChange change) {
    return switch (change) {
      case InviteChange.Denied(var reason) -> reason.refusal();
      case InviteChange.Unknown unknown -> Refusal.notFound();
      case InviteChange.Outdated outdated -> Refusal.of(ProblemCode.PRECONDITION_FAILED);
      case InviteChange.Over over -> Refusal.of(ProblemCode.GONE);
      case InviteChange.InvitedBefore before -> Refusal.of(ProblemCode.ALREADY_INVITED);
      case InviteChange.TooMany many -> Refusal.of(ProblemCode.QUOTA_REACHED);
      case InviteChange.Done done -> throw new IllegalStateException("it was done");
    };
  }
}
