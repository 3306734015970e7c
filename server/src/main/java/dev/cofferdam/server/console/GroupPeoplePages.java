package dev.cofferdam.server.console;

import dev.cofferdam.server.authz.GroupId;
import dev.cofferdam.server.authz.GroupMemberView;
import dev.cofferdam.server.authz.Groups;
import dev.cofferdam.server.console.GroupCard.Choice;
import dev.cofferdam.server.console.GroupCard.Kind;
import dev.cofferdam.server.console.GroupCard.Line;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.MemberView;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.PersonId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who is in a group. */
@RestController
class GroupPeoplePages {
  private static final String MEMBERS = GroupCards.GROUPS + "/{group}/members";

  private final GroupCards cards;
  private final Groups groups;
  private final Memberships memberships;
  private final MemberProfiles profiles;

  GroupPeoplePages(Pages pages, Groups groups, Memberships memberships, MemberProfiles profiles) {
    this.cards = new GroupCards(pages, groups);
    this.groups = groups;
    this.memberships = memberships;
    this.profiles = profiles;
  }

  @GetMapping(path = MEMBERS, produces = GroupCards.HTML)
  @Surface(
      summary = "Page: the people in a group, and who could be put in.",
      access = Access.TENANT,
      limit = "list",
      action = "group.list_members",
      problems = ProblemCode.NOT_FOUND)
  String members(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID group,
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(required = false) @Nullable UUID others) {
    GroupId id = new GroupId(group);
    Page<GroupMemberView> inside =
        groups.members(caller, id, GroupCards.beginning(after)).orThrow();
    Map<PersonId, Profile> called =
        profiles.of(inside.items().stream().map(one -> new PersonId(one.personId())).toList());
    List<Line> lines =
        inside.items().stream()
            .map(
                one -> {
                  PersonId person = new PersonId(one.personId());
                  return GroupCards.line(person.value(), named(called, person), one.addedAt());
                })
            .toList();
    Page<Choice> choices =
        NodePages.isKeeper(caller)
            ? peopleOutside(caller, id, others)
            : new Page<>(List.of(), null);
    return cards.page(call, caller, session, id, Kind.PERSON, lines, inside, choices);
  }

  /** Who of the tenant's people is not in the group: of one page of them. */
  private Page<Choice> peopleOutside(Caller.Person caller, GroupId id, @Nullable UUID after) {
    Page<MemberView> all = memberships.list(GroupCards.beginning(after));
    // Both lists are by id and begin at one, so that whoever is on this page of people and in the
    // group is on that page of the group.
    Set<UUID> in =
        groups.members(caller, id, GroupCards.beginning(after)).orThrow().items().stream()
            .map(GroupMemberView::personId)
            .collect(Collectors.toSet());
    List<PersonId> outside =
        all.items().stream()
            .map(MemberView::person)
            .filter(person -> !in.contains(person.value()))
            .toList();
    Map<PersonId, Profile> called = profiles.of(outside);
    return new Page<>(
        outside.stream()
            .map(person -> new Choice(person.toString(), named(called, person)))
            .toList(),
        all.last());
  }

  /** With their address: two people may have one name. */
  private static String named(Map<PersonId, Profile> called, PersonId person) {
    Profile profile = called.get(person);
    String name = Words.called(profile, person);
    String email = profile == null ? null : profile.email();
    return email == null || email.equals(name) ? name : name + " (" + email + ")";
  }

  @PostMapping(path = MEMBERS, produces = GroupCards.HTML)
  @Surface(
      summary = "Form: puts a person into a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.add_member",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> addMember(
      Call call,
      Caller.Person caller,
      @PathVariable UUID group,
      @RequestParam UUID person,
      HttpServletResponse response) {
    return groups
        .add(call, caller, new GroupId(group), new PersonId(person))
        .orThrow()
        .with(Redirect.to(GroupCards.path(group, Kind.PERSON), response));
  }

  @PostMapping(path = MEMBERS + "/remove", produces = GroupCards.HTML)
  @Surface(
      summary = "Form: takes a person out of a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.remove_member",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> dropMember(
      Call call,
      Caller.Person caller,
      @PathVariable UUID group,
      @RequestParam UUID person,
      HttpServletResponse response) {
    return groups
        .drop(call, caller, new GroupId(group), new PersonId(person))
        .orThrow()
        .with(Redirect.to(GroupCards.path(group, Kind.PERSON), response));
  }
}
