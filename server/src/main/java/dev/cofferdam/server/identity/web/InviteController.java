package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Versioned;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The invites of the tenant that one works in. */
@RestController
class InviteController {
  private final Invites invites;

  InviteController(Invites invites) {
    this.invites = invites;
  }

  /** Whom to invite, and as what. */
  record Wanted(String email, String role) {}

  /**
   * An invite.
   *
   * @param email absent when it was erased
   * @param letter {@code waiting}, {@code sent} or {@code failed}
   * @param version what {@code If-Match} must show to change it, without quotes
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record InviteBody(
      UUID id,
      @Nullable String email,
      String role,
      String state,
      String letter,
      UUID invitedBy,
      @Nullable UUID acceptedBy,
      Instant createdAt,
      Instant expiresAt,
      String version) {
    static InviteBody of(InviteView view) {
      return new InviteBody(
          view.id().value(),
          view.address().map(EmailAddress::text).orElse(null),
          Names.of(view.role()),
          Names.of(view.state()),
          Names.of(view.letter()),
          view.invitedBy().value(),
          view.acceptedBy().map(PersonId::value).orElse(null),
          view.createdAt(),
          view.expiresAt(),
          ETag.ofVersion(view.version()).value());
    }
  }

  @GetMapping("/v1/invites")
  @Surface(
      summary = "Lists the invites of the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "invite.list")
  Page<InviteBody> list(PageRequest page) {
    Page<InviteView> found = invites.list(page);
    return new Page<>(found.items().stream().map(InviteBody::of).toList(), found.last());
  }

  @GetMapping("/v1/invites/{invite}")
  @Surface(
      summary = "Reads one invite.",
      access = Access.TENANT,
      limit = "read",
      action = "invite.read",
      problems = ProblemCode.NOT_FOUND)
  Versioned<InviteBody> read(@PathVariable UUID invite) {
    return versioned(
        invites.find(new InviteId(invite)).orElseThrow(() -> Refusal.notFound().thrown()));
  }

  @PostMapping("/v1/invites")
  @Surface(
      summary = "Invites somebody by e-mail address.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "invite",
      action = "invite.create",
      created = "/v1/invites/{id}",
      problems = {
        ProblemCode.INVALID_FIELD,
        ProblemCode.ALREADY_INVITED,
        ProblemCode.QUOTA_REACHED
      })
  Recorded<Versioned<InviteBody>> create(
      Call call,
      Caller.Person caller,
      PresentedSession presented,
      Once once,
      @RequestBody Wanted wanted) {
    EmailAddress address =
        EmailAddress.of(wanted.email()).orElseThrow(() -> Refusal.invalid("email").thrown());
    return answered(
        invites.create(
            call,
            caller,
            address,
            Names.role(wanted.role()),
            presented.origin(),
            made -> once.keep(body(made))));
  }

  /** Sends another letter, with another code; the one before can no longer be used. */
  @PostMapping("/v1/invites/{invite}/letter")
  @Surface(
      summary = "Sends the letter of an invite again, with a new link.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "invite",
      action = "invite.resend",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.GONE, ProblemCode.PRECONDITION_FAILED})
  Recorded<Versioned<InviteBody>> resend(
      Call call,
      Caller.Person caller,
      PresentedSession presented,
      @PathVariable UUID invite,
      IfMatch read) {
    return answered(invites.resend(call, caller, new InviteId(invite), presented.origin(), read));
  }

  @DeleteMapping("/v1/invites/{invite}")
  @Surface(
      summary = "Revokes an invite.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "invite.revoke",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.GONE, ProblemCode.PRECONDITION_FAILED})
  Recorded<Versioned<InviteBody>> revoke(
      Call call, Caller.Person caller, @PathVariable UUID invite, IfMatch read) {
    return answered(invites.revoke(call, caller, new InviteId(invite), read));
  }

  private static Recorded<Versioned<InviteBody>> answered(InviteChange change) {
    return switch (change) {
      case InviteChange.Done(var invite) -> body(invite);
      case InviteChange.Denied(var reason) -> throw reason.refusal().thrown();
      case InviteChange.Unknown unknown -> throw Refusal.notFound().thrown();
      case InviteChange.Outdated outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
      case InviteChange.Over over -> throw Refusal.of(ProblemCode.GONE).thrown();
      case InviteChange.InvitedBefore before ->
          throw Refusal.of(ProblemCode.ALREADY_INVITED).at("email").thrown();
      case InviteChange.TooMany many -> throw Refusal.of(ProblemCode.QUOTA_REACHED).thrown();
    };
  }

  private static Recorded<Versioned<InviteBody>> body(Recorded<InviteView> invite) {
    return invite.with(versioned(invite.body()));
  }

  private static Versioned<InviteBody> versioned(InviteView view) {
    return new Versioned<>(ETag.ofVersion(view.version()), InviteBody.of(view));
  }
}
