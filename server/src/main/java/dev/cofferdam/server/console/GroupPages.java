package dev.cofferdam.server.console;

import dev.cofferdam.server.authz.Change;
import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.authz.GroupId;
import dev.cofferdam.server.authz.GroupMemberView;
import dev.cofferdam.server.authz.GroupNodeView;
import dev.cofferdam.server.authz.GroupView;
import dev.cofferdam.server.authz.Groups;
import dev.cofferdam.server.authz.Shown;
import dev.cofferdam.server.console.GroupCard.Choice;
import dev.cofferdam.server.console.GroupCard.Kind;
import dev.cofferdam.server.console.GroupCard.Line;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.MemberView;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.nodes.NodeView;
import dev.cofferdam.server.nodes.RegisteredNodes;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
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
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The groups of the tenant that one works in, and which people and nodes are in them. */
@RestController
class GroupPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/groups";
  private static final String MEMBERS = PATH + "/{group}/members";
  private static final String NODES = PATH + "/{group}/nodes";
  private static final String TITLE = "Groups";

  private final Pages pages;
  private final Groups groups;
  private final Memberships memberships;
  private final MemberProfiles profiles;
  private final RegisteredNodes nodes;

  GroupPages(
      Pages pages,
      Groups groups,
      Memberships memberships,
      MemberProfiles profiles,
      RegisteredNodes nodes) {
    this.pages = pages;
    this.groups = groups;
    this.memberships = memberships;
    this.profiles = profiles;
    this.nodes = nodes;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: the groups of the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "group.list")
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID after) {
    return page(call, caller, session, after, "", "");
  }

  private String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @Nullable UUID after,
      String name,
      String wrong) {
    Page<GroupView> found = seen(groups.list(caller, beginning(after)));
    return pages.render(
        "groups",
        TITLE,
        PATH,
        call,
        session,
        Map.of(
            "groups",
            found.items(),
            "keeper",
            NodePages.isKeeper(caller),
            "name",
            name,
            "wrong",
            wrong,
            "next",
            more(PATH + "?after=", found)));
  }

  /** Makes a group; the list comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Form: creates a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.create")
  Object create(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String name,
      HttpServletResponse response) {
    Optional<GivenName> called = GivenName.of(name.strip());
    if (called.isEmpty()) {
      return again(call, caller, session, name, "Write a name of 1 to 100 characters.", response);
    }
    Change<Versioned<GroupView>> made = groups.create(call, caller, called.get(), Once.unkeyed());
    if (made instanceof Change.NameTaken<?>) {
      return again(call, caller, session, name, "Another group has that name.", response);
    }
    Recorded<Versioned<GroupView>> done = done(made);
    return done.with(Redirect.to(path(done.body().body().id(), Kind.PERSON), response));
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      String name,
      String wrong,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return page(call, caller, session, null, name, wrong);
  }

  @PostMapping(path = PATH + "/{group}/remove", produces = HTML)
  @Surface(
      summary = "Form: removes a group, and what it was granted.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.remove",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.PRECONDITION_FAILED})
  Recorded<String> remove(
      Call call,
      Caller.Person caller,
      @PathVariable UUID group,
      @RequestParam String version,
      HttpServletResponse response) {
    return done(groups.remove(call, caller, new GroupId(group), MemberPages.read(version)))
        .with(Redirect.to(PATH, response));
  }

  @GetMapping(path = MEMBERS, produces = HTML)
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
    Versioned<GroupView> shown = seen(groups.show(caller, id));
    Page<GroupMemberView> inside = seen(groups.members(caller, id, beginning(after)));
    Map<PersonId, Profile> called =
        profiles.of(inside.items().stream().map(one -> new PersonId(one.personId())).toList());
    List<Line> lines =
        inside.items().stream()
            .map(
                one -> {
                  PersonId person = new PersonId(one.personId());
                  return line(person.value(), named(called, person), one.addedAt());
                })
            .toList();
    Page<Choice> choices =
        NodePages.isKeeper(caller)
            ? peopleOutside(caller, id, others)
            : new Page<>(List.of(), null);
    return card(call, caller, session, shown, Kind.PERSON, lines, inside, choices);
  }

  /** Who of the tenant's people is not in the group: of one page of them. */
  private Page<Choice> peopleOutside(Caller.Person caller, GroupId id, @Nullable UUID after) {
    Page<MemberView> all = memberships.list(beginning(after));
    // Both lists are by id and begin at one, so that whoever is on this page of people and in the
    // group is on that page of the group.
    Set<UUID> in =
        seen(groups.members(caller, id, beginning(after))).items().stream()
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

  @PostMapping(path = MEMBERS, produces = HTML)
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
    return done(groups.add(call, caller, new GroupId(group), new PersonId(person)))
        .with(Redirect.to(path(group, Kind.PERSON), response));
  }

  @PostMapping(path = MEMBERS + "/remove", produces = HTML)
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
    return done(groups.drop(call, caller, new GroupId(group), new PersonId(person)))
        .with(Redirect.to(path(group, Kind.PERSON), response));
  }

  @GetMapping(path = NODES, produces = HTML)
  @Surface(
      summary = "Page: the nodes in a group, and which could be put in.",
      access = Access.TENANT,
      limit = "list",
      action = "group.list_nodes",
      problems = ProblemCode.NOT_FOUND)
  String nodes(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID group,
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(required = false) @Nullable UUID others) {
    GroupId id = new GroupId(group);
    Versioned<GroupView> shown = seen(groups.show(caller, id));
    Page<GroupNodeView> inside = seen(groups.nodes(caller, id, beginning(after)));
    Map<NodeId, String> called =
        seen(
            nodes.names(
                caller, inside.items().stream().map(one -> new NodeId(one.nodeId())).toList()));
    List<Line> lines =
        inside.items().stream()
            .map(
                one -> {
                  NodeId node = new NodeId(one.nodeId());
                  String name = called.getOrDefault(node, node.toString());
                  return line(node.value(), name, one.addedAt());
                })
            .toList();
    Page<Choice> choices =
        NodePages.isKeeper(caller) ? nodesOutside(caller, id, others) : new Page<>(List.of(), null);
    return card(call, caller, session, shown, Kind.NODE, lines, inside, choices);
  }

  /** Which of the tenant's nodes are not in the group: of one page of them. */
  private Page<Choice> nodesOutside(Caller.Person caller, GroupId id, @Nullable UUID after) {
    Page<NodeView> all = seen(nodes.list(caller, beginning(after)));
    // As with people.
    Set<UUID> in =
        seen(groups.nodes(caller, id, beginning(after))).items().stream()
            .map(GroupNodeView::nodeId)
            .collect(Collectors.toSet());
    return new Page<>(
        all.items().stream()
            .filter(node -> node.revokedAt().isEmpty() && !in.contains(node.id().value()))
            .map(node -> new Choice(node.id().toString(), node.name()))
            .toList(),
        all.last());
  }

  @PostMapping(path = NODES, produces = HTML)
  @Surface(
      summary = "Form: puts a node into a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.add_node",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> addNode(
      Call call,
      Caller.Person caller,
      @PathVariable UUID group,
      @RequestParam UUID node,
      HttpServletResponse response) {
    return done(groups.add(call, caller, new GroupId(group), new NodeId(node)))
        .with(Redirect.to(path(group, Kind.NODE), response));
  }

  @PostMapping(path = NODES + "/remove", produces = HTML)
  @Surface(
      summary = "Form: takes a node out of a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.remove_node",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> dropNode(
      Call call,
      Caller.Person caller,
      @PathVariable UUID group,
      @RequestParam UUID node,
      HttpServletResponse response) {
    return done(groups.drop(call, caller, new GroupId(group), new NodeId(node)))
        .with(Redirect.to(path(group, Kind.NODE), response));
  }

  private String card(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      Versioned<GroupView> group,
      Kind kind,
      List<Line> lines,
      Page<?> inside,
      Page<Choice> others) {
    String path = path(group.body().id(), kind);
    GroupCard card =
        new GroupCard(
            group.body().id().toString(),
            group.body().name(),
            group.version().value(),
            path,
            kind,
            lines,
            more(path + "?after=", inside),
            others.items(),
            more(path + "?others=", others));
    return pages.render(
        "group",
        TITLE,
        path,
        call,
        session,
        Map.of("card", card, "keeper", NodePages.isKeeper(caller)));
  }

  private static String path(UUID group, Kind kind) {
    return PATH + "/" + group + kind.below();
  }

  private static Line line(UUID id, String called, Instant added) {
    return new Line(id.toString(), called, added.toString(), Words.of(added));
  }

  private static PageRequest beginning(@Nullable UUID after) {
    return new PageRequest(PageRequest.USUAL, after == null ? null : after.toString());
  }

  /** Where the next page is; empty after the last. */
  private static String more(String path, Page<?> page) {
    return page.last() == null ? "" : path + page.last();
  }

  private static <T> T seen(Shown<T> shown) {
    return switch (shown) {
      case Shown.Seen<T> seen -> seen.thing();
      case Shown.Hidden<T> hidden -> throw hidden.reason().refusal().thrown();
    };
  }

  private static <T> Recorded<T> done(Change<T> change) {
    return switch (change) {
      case Change.Done<T> done -> done.answer();
      case Change.Denied<T> denied -> throw denied.reason().refusal().thrown();
      case Change.Unknown<T> unknown -> throw Refusal.notFound().because("not_visible").thrown();
      case Change.NobodyThere<T> nobody ->
          throw Refusal.notFound().because("nobody_there").thrown();
      case Change.Outdated<T> outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
      case Change.NameTaken<T> taken -> throw Refusal.of(ProblemCode.NAME_TAKEN).thrown();
    };
  }
}
