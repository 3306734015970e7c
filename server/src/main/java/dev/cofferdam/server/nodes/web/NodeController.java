package dev.cofferdam.server.nodes.web;

import dev.cofferdam.server.nodes.NodeView;
import dev.cofferdam.server.nodes.RegisteredNodes;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Versioned;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The nodes of the tenant that one works in. */
@RestController
class NodeController {
  private final RegisteredNodes nodes;

  NodeController(RegisteredNodes nodes) {
    this.nodes = nodes;
  }

  /** What a node is to be called. */
  record Named(String name) {}

  @GetMapping("/v1/nodes")
  @Surface(
      summary = "Lists the nodes of the tenant, revoked ones too.",
      access = Access.TENANT,
      limit = "list",
      action = "node.list",
      emergency = true)
  Page<NodeBody> list(Caller caller, PageRequest page) {
    Page<NodeView> found = Answers.of(nodes.list(caller, page));
    return new Page<>(found.items().stream().map(NodeBody::of).toList(), found.last());
  }

  @GetMapping("/v1/nodes/{node}")
  @Surface(
      summary = "Reads one node.",
      access = Access.TENANT,
      limit = "read",
      action = "node.view",
      emergency = true,
      problems = ProblemCode.NOT_FOUND)
  Versioned<NodeBody> show(Caller caller, @PathVariable UUID node) {
    return body(Answers.of(nodes.show(caller, new NodeId(node))));
  }

  @PatchMapping("/v1/nodes/{node}")
  @Surface(
      summary = "Renames a node.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "node.rename",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID_FIELD,
        ProblemCode.NAME_TAKEN,
        ProblemCode.PRECONDITION_FAILED
      })
  Recorded<Versioned<NodeBody>> rename(
      Call call,
      Caller.Person caller,
      @PathVariable UUID node,
      IfMatch read,
      @RequestBody Named body) {
    Recorded<Versioned<NodeView>> renamed =
        Answers.of(nodes.rename(call, caller, new NodeId(node), Answers.name(body.name()), read));
    return renamed.with(body(renamed.body()));
  }

  /** It is refused everywhere within a second, and what was granted to it is gone. */
  @DeleteMapping("/v1/nodes/{node}")
  @Surface(
      summary = "Revokes a node, with all that was granted to it.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "node.revoke",
      problems = ProblemCode.NOT_FOUND)
  Recorded<NodeBody> revoke(Call call, Caller.Person caller, @PathVariable UUID node) {
    Recorded<NodeView> revoked = Answers.of(nodes.revoke(call, caller, new NodeId(node)));
    return revoked.with(NodeBody.of(revoked.body()));
  }

  private static Versioned<NodeBody> body(Versioned<NodeView> node) {
    return new Versioned<>(node.version(), NodeBody.of(node.body()));
  }
}
