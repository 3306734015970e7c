package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.MemberView;
import dev.cofferdam.server.identity.MembershipChange;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The people of the tenant that one works in. */
@RestController
class MemberController {
  private final Memberships memberships;

  MemberController(Memberships memberships) {
    this.memberships = memberships;
  }

  /** What somebody is to be. */
  record Change(String role) {}

  /**
   * A member.
   *
   * @param version what {@code If-Match} must show to change it, without quotes
   */
  record Member(UUID personId, String role, String version, Instant joinedAt, Instant changedAt) {
    static Member of(MemberView view) {
      return new Member(
          view.person().value(),
          Names.of(view.role()),
          ETag.ofVersion(view.version()).value(),
          view.joinedAt(),
          view.changedAt());
    }
  }

  @GetMapping("/v1/members")
  @Surface(access = Access.TENANT, limit = "list", action = "membership.list")
  Page<Member> list(PageRequest page) {
    Page<MemberView> found = memberships.list(page);
    return new Page<>(found.items().stream().map(Member::of).toList(), found.last());
  }

  @PatchMapping("/v1/members/{person}")
  @Surface(
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "membership.change",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID_FIELD,
        ProblemCode.LAST_OWNER,
        ProblemCode.PRECONDITION_FAILED
      })
  Recorded<Member> change(
      Call call,
      Caller.Person caller,
      @PathVariable UUID person,
      IfMatch read,
      @RequestBody Change change) {
    return answered(
        memberships.change(call, caller, new PersonId(person), role(change.role()), read));
  }

  @DeleteMapping("/v1/members/{person}")
  @Surface(
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "membership.remove",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.LAST_OWNER, ProblemCode.PRECONDITION_FAILED})
  Recorded<Member> remove(
      Call call, Caller.Person caller, @PathVariable UUID person, IfMatch read) {
    return answered(memberships.remove(call, caller, new PersonId(person), read));
  }

  private static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> Names.of(role).equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("role").thrown());
  }

  private static Recorded<Member> answered(MembershipChange change) {
    return switch (change) {
      case MembershipChange.Changed(Recorded<MemberView> changed) ->
          changed.with(Member.of(changed.body()));
      case MembershipChange.Unknown unknown -> throw Refusal.notFound().thrown();
      case MembershipChange.OwnersOnly no ->
          throw Refusal.of(ProblemCode.FORBIDDEN).because("owners_only").thrown();
      case MembershipChange.LastOwner last -> throw Refusal.of(ProblemCode.LAST_OWNER).thrown();
      case MembershipChange.Outdated outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
    };
  }
}
