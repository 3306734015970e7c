package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.MemberView;
import dev.cofferdam.server.identity.MembershipChange;
import dev.cofferdam.server.identity.MembershipEvent;
import dev.cofferdam.server.identity.MembershipHistory;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.identity.PresentedSession;
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
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who is in the tenant that one works in, and what became of its people. */
@RestController
class MemberPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final int EVENTS = 20;

  private final Pages pages;
  private final Memberships memberships;
  private final MemberProfiles profiles;
  private final MembershipHistory history;

  MemberPages(
      Pages pages, Memberships memberships, MemberProfiles profiles, MembershipHistory history) {
    this.pages = pages;
    this.memberships = memberships;
    this.profiles = profiles;
    this.history = history;
  }

  @GetMapping(path = "/members", produces = HTML)
  @Surface(
      summary = "Page: who is in the tenant, and what changed lately.",
      access = Access.TENANT,
      limit = "list",
      action = "membership.list")
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID after) {
    Page<MemberView> found =
        memberships.list(
            new PageRequest(PageRequest.USUAL, after == null ? null : after.toString()));
    List<MembershipEvent> events = history.list(new PageRequest(EVENTS, null)).items();
    Set<PersonId> persons = new HashSet<>();
    found.items().forEach(one -> persons.add(one.person()));
    events.forEach(
        event -> {
          add(persons, event.by());
          add(persons, event.personId());
        });
    Map<PersonId, Profile> called = profiles.of(persons);
    Role role = caller.workspace().map(Workspace::role).orElse(Role.MEMBER);
    return pages.render(
        "members",
        "Members",
        "/members",
        call,
        session,
        Map.of(
            "members",
            found.items().stream().map(one -> line(one, called, caller)).toList(),
            "events",
            events.stream().map(event -> line(event, called)).toList(),
            "roles",
            roles(role),
            "owner",
            role == Role.OWNER,
            "tokens",
            role != Role.MEMBER,
            "next",
            found.last() == null ? "" : "/members?after=" + found.last()));
  }

  private static void add(Set<PersonId> persons, @Nullable UUID person) {
    if (person != null) {
      persons.add(new PersonId(person));
    }
  }

  /** The roles that somebody of this role may give; none for those who give none. */
  static List<String> roles(Role giver) {
    return switch (giver) {
      case OWNER -> List.of("member", "auditor", "admin", "owner");
      case ADMIN -> List.of("member", "auditor", "admin");
      case MEMBER, AUDITOR -> List.of();
    };
  }

  private static MemberLine line(
      MemberView one, Map<PersonId, Profile> called, Caller.Person caller) {
    Profile profile = Objects.requireNonNull(called.get(one.person()));
    String email = profile.email();
    return new MemberLine(
        one.person().toString(),
        Words.called(profile, one.person()),
        profile.name() == null || email == null ? "" : email,
        Words.of(one.role()),
        ETag.ofVersion(one.version()).value(),
        one.person().equals(caller.id()));
  }

  private static EventLine line(MembershipEvent event, Map<PersonId, Profile> called) {
    return new EventLine(
        event.at().toString(),
        Words.of(event.at()),
        Words.of(event, person -> Words.called(called.get(person), person)));
  }

  @PostMapping(path = "/members/role", produces = HTML)
  @Surface(
      summary = "Form: changes a member's role.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "membership.change",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.LAST_OWNER, ProblemCode.PRECONDITION_FAILED})
  Recorded<String> change(
      Call call,
      Caller.Person caller,
      @RequestParam UUID person,
      @RequestParam String version,
      @RequestParam Role role,
      HttpServletResponse response) {
    return answered(
        memberships.change(call, caller, new PersonId(person), role, read(version)),
        "/members",
        response);
  }

  @PostMapping(path = "/members/remove", produces = HTML)
  @Surface(
      summary = "Form: removes a member.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "membership.remove",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.LAST_OWNER, ProblemCode.PRECONDITION_FAILED})
  Recorded<String> remove(
      Call call,
      Caller.Person caller,
      @RequestParam UUID person,
      @RequestParam String version,
      HttpServletResponse response) {
    return answered(
        memberships.remove(call, caller, new PersonId(person), read(version)),
        "/members",
        response);
  }

  @PostMapping(path = "/members/hand-over", produces = HTML)
  @Surface(
      summary = "Form: hands ownership over to another member.",
      access = Access.TENANT,
      roles = Role.OWNER,
      limit = "change",
      action = "ownership.hand_over",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.PRECONDITION_FAILED})
  Recorded<String> handOver(
      Call call,
      Caller.Person caller,
      @RequestParam UUID person,
      @RequestParam String version,
      HttpServletResponse response) {
    return answered(
        memberships.handOver(call, caller, new PersonId(person), read(version)),
        "/members",
        response);
  }

  @PostMapping(path = "/members/leave", produces = HTML)
  @Surface(
      summary = "Form: leaves the tenant.",
      access = Access.TENANT,
      limit = "change",
      action = "membership.leave",
      problems = {ProblemCode.LAST_OWNER})
  Recorded<String> leave(Call call, Caller.Person caller, HttpServletResponse response) {
    return answered(memberships.leave(call, caller), "/workspaces", response);
  }

  /** The version that the form was made with. */
  static IfMatch read(String version) {
    try {
      return new IfMatch(List.of(new ETag(version)));
    } catch (IllegalArgumentException e) {
      throw Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown();
    }
  }

  private static Recorded<String> answered(
      MembershipChange change, String next, HttpServletResponse response) {
    return switch (change) {
      case MembershipChange.Changed(var member) -> member.with(Redirect.to(next, response));
      case MembershipChange.Unknown unknown -> throw Refusal.notFound().thrown();
      case MembershipChange.Denied(var reason) -> throw reason.refusal().thrown();
      case MembershipChange.LastOwner last -> throw Refusal.of(ProblemCode.LAST_OWNER).thrown();
      case MembershipChange.Outdated outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
    };
  }
}
