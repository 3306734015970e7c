package dev.cofferdam.server.secrets.web;

import dev.cofferdam.server.authz.GrantView;
import dev.cofferdam.server.authz.Grantee;
import dev.cofferdam.server.authz.GroupId;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.secrets.SecretGrants;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which nodes get one secret without a relation to its project. */
@RestController
class SecretGrantController {
  private final SecretGrants grants;

  SecretGrantController(SecretGrants grants) {
    this.grants = grants;
  }

  @GetMapping("/v1/projects/{project}/secrets/{name}/grants")
  @Surface(
      summary = "Lists the nodes and groups that a secret is granted to by itself.",
      access = Access.TENANT,
      limit = "list",
      action = "grant.list",
      scope = TokenScope.PROJECTS_READ,
      emergency = true,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN})
  Page<GrantView> list(
      Caller caller, @PathVariable UUID project, @PathVariable String name, PageRequest page) {
    return Answers.of(grants.list(caller, new ProjectId(project), Answers.name(name), page));
  }

  @PutMapping("/v1/projects/{project}/secrets/{name}/grants/{receiver}/{id}")
  @Surface(
      summary = "Lets a node, or the nodes of a group, read one secret.",
      access = Access.TENANT,
      limit = "change",
      action = "grant.give",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN, ProblemCode.CONFLICT})
  Recorded<GrantView> give(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      @PathVariable String name,
      @PathVariable String receiver,
      @PathVariable UUID id) {
    return Answers.of(
        grants.give(
            call, caller, new ProjectId(project), Answers.name(name), grantee(receiver, id)));
  }

  @DeleteMapping("/v1/projects/{project}/secrets/{name}/grants/{receiver}/{id}")
  @Surface(
      summary = "Takes a grant on one secret away.",
      access = Access.TENANT,
      limit = "change",
      action = "grant.take",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN})
  Recorded<GrantView> take(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      @PathVariable String name,
      @PathVariable String receiver,
      @PathVariable UUID id) {
    return Answers.of(
        grants.take(
            call, caller, new ProjectId(project), Answers.name(name), grantee(receiver, id)));
  }

  private static Grantee grantee(String receiver, UUID id) {
    return switch (receiver) {
      case "node" -> new Grantee.OfNode(new NodeId(id));
      case "group" -> new Grantee.OfGroup(new GroupId(id));
      default -> throw Refusal.notFound().thrown();
    };
  }
}
