package dev.cofferdam.server.authz.web;

import dev.cofferdam.server.authz.GroupId;
import dev.cofferdam.server.authz.GroupMemberView;
import dev.cofferdam.server.authz.GroupNodeView;
import dev.cofferdam.server.authz.GroupView;
import dev.cofferdam.server.authz.Groups;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Versioned;
import dev.cofferdam.server.tenancy.PersonId;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The groups of the tenant that one works in. */
@RestController
class GroupController {
  private final Groups groups;

  GroupController(Groups groups) {
    this.groups = groups;
  }

  /** What a group is to be called. */
  record Named(String name) {}

  @GetMapping("/v1/groups")
  @Surface(
      summary = "Lists the groups of the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "group.list",
      scope = TokenScope.GROUPS_READ,
      emergency = true)
  Page<GroupView> list(Caller caller, PageRequest page) {
    return Answers.of(groups.list(caller, page));
  }

  @PostMapping("/v1/groups")
  @Surface(
      summary = "Creates a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.create",
      created = "/v1/groups/{id}",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.NAME_TAKEN})
  Recorded<Versioned<GroupView>> create(
      Call call, Caller.Person caller, Once once, @RequestBody Named body) {
    return Answers.of(groups.create(call, caller, Answers.name(body.name()), once));
  }

  @GetMapping("/v1/groups/{group}")
  @Surface(
      summary = "Reads one group.",
      access = Access.TENANT,
      limit = "read",
      action = "group.view",
      scope = TokenScope.GROUPS_READ,
      emergency = true,
      problems = ProblemCode.NOT_FOUND)
  Versioned<GroupView> show(Caller caller, @PathVariable UUID group) {
    return Answers.of(groups.show(caller, new GroupId(group)));
  }

  @PatchMapping("/v1/groups/{group}")
  @Surface(
      summary = "Renames a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.rename",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID_FIELD,
        ProblemCode.NAME_TAKEN,
        ProblemCode.PRECONDITION_FAILED
      })
  Recorded<Versioned<GroupView>> rename(
      Call call,
      Caller.Person caller,
      @PathVariable UUID group,
      IfMatch read,
      @RequestBody Named body) {
    return Answers.of(
        groups.rename(call, caller, new GroupId(group), Answers.name(body.name()), read));
  }

  @DeleteMapping("/v1/groups/{group}")
  @Surface(
      summary = "Removes a group, and what it was granted.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.remove",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.PRECONDITION_FAILED})
  Recorded<GroupView> remove(
      Call call, Caller.Person caller, @PathVariable UUID group, IfMatch read) {
    return Answers.of(groups.remove(call, caller, new GroupId(group), read));
  }

  @GetMapping("/v1/groups/{group}/members")
  @Surface(
      summary = "Lists the members of a group.",
      access = Access.TENANT,
      limit = "list",
      action = "group.list_members",
      scope = TokenScope.GROUPS_READ,
      emergency = true,
      problems = ProblemCode.NOT_FOUND)
  Page<GroupMemberView> members(Caller caller, @PathVariable UUID group, PageRequest page) {
    return Answers.of(groups.members(caller, new GroupId(group), page));
  }

  @GetMapping("/v1/groups/{group}/nodes")
  @Surface(
      summary = "Lists the nodes in a group.",
      access = Access.TENANT,
      limit = "list",
      action = "group.list_nodes",
      scope = TokenScope.GROUPS_READ,
      emergency = true,
      problems = ProblemCode.NOT_FOUND)
  Page<GroupNodeView> nodes(Caller caller, @PathVariable UUID group, PageRequest page) {
    return Answers.of(groups.nodes(caller, new GroupId(group), page));
  }

  @PutMapping("/v1/groups/{group}/nodes/{node}")
  @Surface(
      summary = "Puts a node into a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.add_node",
      problems = ProblemCode.NOT_FOUND)
  Recorded<GroupNodeView> addNode(
      Call call, Caller.Person caller, @PathVariable UUID group, @PathVariable UUID node) {
    return Answers.of(groups.add(call, caller, new GroupId(group), new NodeId(node)));
  }

  @DeleteMapping("/v1/groups/{group}/nodes/{node}")
  @Surface(
      summary = "Takes a node out of a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.remove_node",
      problems = ProblemCode.NOT_FOUND)
  Recorded<GroupNodeView> dropNode(
      Call call, Caller.Person caller, @PathVariable UUID group, @PathVariable UUID node) {
    return Answers.of(groups.drop(call, caller, new GroupId(group), new NodeId(node)));
  }

  @PutMapping("/v1/groups/{group}/members/{person}")
  @Surface(
      summary = "Puts a person into a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.add_member",
      problems = ProblemCode.NOT_FOUND)
  Recorded<GroupMemberView> add(
      Call call, Caller.Person caller, @PathVariable UUID group, @PathVariable UUID person) {
    return Answers.of(groups.add(call, caller, new GroupId(group), new PersonId(person)));
  }

  @DeleteMapping("/v1/groups/{group}/members/{person}")
  @Surface(
      summary = "Takes a person out of a group.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "group.remove_member",
      problems = ProblemCode.NOT_FOUND)
  Recorded<GroupMemberView> drop(
      Call call, Caller.Person caller, @PathVariable UUID group, @PathVariable UUID person) {
    return Answers.of(groups.drop(call, caller, new GroupId(group), new PersonId(person)));
  }
}
