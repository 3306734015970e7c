package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.MemberView;
import dev.cofferdam.server.identity.MembershipChange;
import dev.cofferdam.server.identity.MembershipEvent;
import dev.cofferdam.server.identity.MembershipHistory;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.identity.Profile;
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
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The people of the tenant that one works in. */
@RestController
class MemberController {
  private static final Profile NOBODY = new Profile(null, null);

  private final Memberships memberships;
  private final MemberProfiles profiles;
  private final MembershipHistory history;

  MemberController(Memberships memberships, MemberProfiles profiles, MembershipHistory history) {
    this.memberships = memberships;
    this.profiles = profiles;
    this.history = history;
  }

  /** What somebody is to be. */
  record Change(String role) {}

  /** Who is to be the owner. */
  record Successor(UUID personId) {}

  /**
   * A member.
   *
   * @param name as their identity provider called them when they last came in, if it did
   * @param email the same; nobody is found by it
   * @param version what {@code If-Match} must show to change it, without quotes
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Member(
      UUID personId,
      @Nullable String name,
      @Nullable String email,
      String role,
      String version,
      Instant joinedAt,
      Instant changedAt) {
    static Member of(MemberView view, Profile profile) {
      return new Member(
          view.person().value(),
          profile.name(),
          profile.email(),
          Names.of(view.role()),
          ETag.ofVersion(view.version()).value(),
          view.joinedAt(),
          view.changedAt());
    }
  }

  @GetMapping("/v1/members")
  @Surface(
      summary = "Lists the members of the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "membership.list",
      scope = TokenScope.MEMBERS_READ,
      emergency = true)
  Page<Member> list(Caller caller, PageRequest page) {
    Page<MemberView> found = memberships.list(page);
    List<PersonId> persons = found.items().stream().map(MemberView::person).toList();
    // How people are called is nothing that an operator needs to see.
    Map<PersonId, Profile> called =
        caller instanceof Caller.Visitor ? Map.of() : profiles.of(persons);
    return new Page<>(
        found.items().stream()
            .map(one -> Member.of(one, called.getOrDefault(one.person(), NOBODY)))
            .toList(),
        found.last());
  }

  /** What became of the tenant's people and invites, the newest first. */
  @GetMapping("/v1/members/history")
  @Surface(
      summary = "Lists what changed among the members, newest first.",
      access = Access.TENANT,
      limit = "list",
      action = "membership.history",
      scope = TokenScope.MEMBERS_READ,
      emergency = true)
  Page<MembershipEvent> history(PageRequest page) {
    return history.list(page);
  }

  /** Leaves the tenant that one works in. */
  @DeleteMapping("/v1/membership")
  @Surface(
      summary = "Leaves the tenant.",
      access = Access.TENANT,
      limit = "change",
      action = "membership.leave",
      problems = ProblemCode.LAST_OWNER)
  Recorded<Member> leave(Call call, Caller.Person caller) {
    return answered(memberships.leave(call, caller));
  }

  /** Makes a member the owner in one's own place: one is an admin from then on. */
  @PutMapping("/v1/ownership")
  @Surface(
      summary = "Hands ownership over to another member.",
      access = Access.TENANT,
      roles = Role.OWNER,
      limit = "change",
      action = "ownership.hand_over",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID_FIELD,
        ProblemCode.PRECONDITION_FAILED
      })
  Recorded<Member> handOver(
      Call call, Caller.Person caller, IfMatch read, @RequestBody Successor successor) {
    return answered(memberships.handOver(call, caller, new PersonId(successor.personId()), read));
  }

  @PatchMapping("/v1/members/{person}")
  @Surface(
      summary = "Changes a member's role.",
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
        memberships.change(call, caller, new PersonId(person), Names.role(change.role()), read));
  }

  @DeleteMapping("/v1/members/{person}")
  @Surface(
      summary = "Removes a member.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "membership.remove",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.LAST_OWNER, ProblemCode.PRECONDITION_FAILED})
  Recorded<Member> remove(
      Call call, Caller.Person caller, @PathVariable UUID person, IfMatch read) {
    return answered(memberships.remove(call, caller, new PersonId(person), read));
  }

  private Recorded<Member> answered(MembershipChange change) {
    return switch (change) {
      case MembershipChange.Changed(Recorded<MemberView> changed) ->
          changed.with(
              Member.of(
                  changed.body(),
                  Objects.requireNonNull(
                      profiles.of(List.of(changed.body().person())).get(changed.body().person()))));
      case MembershipChange.Unknown unknown -> throw Refusal.notFound().thrown();
      case MembershipChange.Denied(var reason) -> throw reason.refusal().thrown();
      case MembershipChange.LastOwner last -> throw Refusal.of(ProblemCode.LAST_OWNER).thrown();
      case MembershipChange.Outdated outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
    };
  }
}
