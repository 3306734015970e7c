package dev.cofferdam.server.console;

import dev.cofferdam.server.authz.Change;
import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.nodes.NodeView;
import dev.cofferdam.server.nodes.RegisteredNodes;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Workspace;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The nodes of the tenant that one works in. */
@RestController
class NodePages {
  static final Set<Role> KEEPERS = Set.of(Role.OWNER, Role.ADMIN);

  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/nodes";

  private final Pages pages;
  private final RegisteredNodes nodes;

  NodePages(Pages pages, RegisteredNodes nodes) {
    this.pages = pages;
    this.nodes = nodes;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: the nodes of the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "node.list")
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID after) {
    return page(call, caller, session, after, "");
  }

  private String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @Nullable UUID after,
      String wrong) {
    PageRequest asked = new PageRequest(PageRequest.USUAL, after == null ? null : after.toString());
    Page<NodeView> found = nodes.list(caller, asked).orThrow();
    return pages.render(
        "nodes",
        "Nodes",
        PATH,
        call,
        session,
        Map.of(
            "nodes",
            found.items().stream().map(NodePages::line).toList(),
            "keeper",
            isKeeper(caller),
            "wrong",
            wrong,
            "next",
            found.last() == null ? "" : PATH + "?after=" + found.last()));
  }

  /** For the page alone: the policies decide again when a form comes. */
  static boolean isKeeper(Caller.Person caller) {
    return caller.workspace().map(Workspace::role).filter(KEEPERS::contains).isPresent();
  }

  private static NodeLine line(NodeView one) {
    return new NodeLine(
        one.id().toString(),
        one.name(),
        one.authenticationId(),
        one.registeredAt().toString(),
        Words.of(one.registeredAt()),
        one.seenAt().map(Instant::toString).orElse(null),
        one.seenAt().map(Words::of).orElse(null),
        one.revokedAt().isPresent(),
        one.version());
  }

  /** The list comes again, with what was wrong, when the name cannot be given. */
  @PostMapping(path = PATH + "/rename", produces = HTML)
  @Surface(
      summary = "Form: renames a node.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "node.rename",
      problems = ProblemCode.NOT_FOUND)
  Object rename(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam UUID node,
      @RequestParam long version,
      @RequestParam String name,
      HttpServletResponse response) {
    IfMatch read = new IfMatch(List.of(ETag.ofVersion(version)));
    Optional<GivenName> called = GivenName.of(name.strip());
    if (called.isEmpty()) {
      return again(call, caller, session, "Write a name of 1 to 100 characters.", response);
    }
    return switch (nodes.rename(call, caller, new NodeId(node), called.get(), read)) {
      case Change.Done<?>(Recorded<?> done) -> done.with(Redirect.to(PATH, response));
      case Change.NameTaken<?> taken ->
          again(call, caller, session, "Another node has that name.", response);
      case Change.Denied<?>(var reason) -> throw reason.refusal().thrown();
      case Change.Unknown<?> unknown -> throw Refusal.notFound().thrown();
      case Change.NobodyThere<?> nobody -> throw Refusal.notFound().thrown();
      case Change.Outdated<?> outdated ->
          again(call, caller, session, "It was renamed meanwhile. Look again.", response);
    };
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      String wrong,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return page(call, caller, session, null, wrong);
  }

  @PostMapping(path = PATH + "/revoke", produces = HTML)
  @Surface(
      summary = "Form: revokes a node, with all that was granted to it.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "node.revoke",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> revoke(
      Call call, Caller.Person caller, @RequestParam UUID node, HttpServletResponse response) {
    return switch (nodes.revoke(call, caller, new NodeId(node))) {
      case Change.Done<NodeView>(Recorded<NodeView> done) -> done.with(Redirect.to(PATH, response));
      case Change.Denied<NodeView>(var reason) -> throw reason.refusal().thrown();
      case Change.Unknown<NodeView> unknown -> throw Refusal.notFound().thrown();
      case Change.NobodyThere<NodeView> nobody -> throw Refusal.notFound().thrown();
      case Change.NameTaken<NodeView> taken -> throw Refusal.of(ProblemCode.CONFLICT).thrown();
      case Change.Outdated<NodeView> outdated ->
          throw Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
    };
  }
}
