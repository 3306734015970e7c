package dev.cofferdam.server.console;

import dev.cofferdam.server.authz.Change;
import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.authz.GroupId;
import dev.cofferdam.server.authz.GroupView;
import dev.cofferdam.server.authz.Groups;
import dev.cofferdam.server.console.GroupCard.Kind;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Versioned;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The groups of the tenant that one works in. */
@RestController
class GroupPages {
  private final Pages pages;
  private final Groups groups;

  GroupPages(Pages pages, Groups groups) {
    this.pages = pages;
    this.groups = groups;
  }

  @GetMapping(path = GroupCards.GROUPS, produces = GroupCards.HTML)
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
    Page<GroupView> found = groups.list(caller, GroupCards.beginning(after)).orThrow();
    return pages.render(
        "groups",
        GroupCards.TITLE,
        GroupCards.GROUPS,
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
            GroupCards.more(GroupCards.GROUPS + "?after=", found)));
  }

  /** Makes a group; the list comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = GroupCards.GROUPS, produces = GroupCards.HTML)
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
    Recorded<Versioned<GroupView>> done = made.orThrow();
    return done.with(Redirect.to(GroupCards.path(done.body().body().id(), Kind.PERSON), response));
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

  @PostMapping(path = GroupCards.GROUPS + "/{group}/remove", produces = GroupCards.HTML)
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
    return groups
        .remove(call, caller, new GroupId(group), MemberPages.read(version))
        .orThrow()
        .with(Redirect.to(GroupCards.GROUPS, response));
  }
}
