package dev.cofferdam.server.console;

import dev.cofferdam.server.authz.GroupId;
import dev.cofferdam.server.authz.GroupNodeView;
import dev.cofferdam.server.authz.Groups;
import dev.cofferdam.server.console.GroupCard.Choice;
import dev.cofferdam.server.console.GroupCard.Kind;
import dev.cofferdam.server.console.GroupCard.Line;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.nodes.NodeView;
import dev.cofferdam.server.nodes.RegisteredNodes;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
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

/** Which nodes are in a group. */
@RestController
class GroupNodePages {
  private static final String NODES = GroupCards.GROUPS + "/{group}/nodes";

  private final GroupCards cards;
  private final Groups groups;
  private final RegisteredNodes nodes;

  GroupNodePages(Pages pages, Groups groups, RegisteredNodes nodes) {
    this.cards = new GroupCards(pages, groups);
    this.groups = groups;
    this.nodes = nodes;
  }

  @GetMapping(path = NODES, produces = GroupCards.HTML)
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
    Page<GroupNodeView> inside = groups.nodes(caller, id, GroupCards.beginning(after)).orThrow();
    Map<NodeId, String> called =
        nodes
            .names(caller, inside.items().stream().map(one -> new NodeId(one.nodeId())).toList())
            .orThrow();
    List<Line> lines =
        inside.items().stream()
            .map(
                one -> {
                  NodeId node = new NodeId(one.nodeId());
                  String name = called.getOrDefault(node, node.toString());
                  return GroupCards.line(node.value(), name, one.addedAt());
                })
            .toList();
    Page<Choice> choices =
        NodePages.isKeeper(caller) ? nodesOutside(caller, id, others) : new Page<>(List.of(), null);
    return cards.page(call, caller, session, id, Kind.NODE, lines, inside, choices);
  }

  /** Which of the tenant's nodes are not in the group: of one page of them. */
  private Page<Choice> nodesOutside(Caller.Person caller, GroupId id, @Nullable UUID after) {
    Page<NodeView> all = nodes.list(caller, GroupCards.beginning(after)).orThrow();
    // Both lists are by id and begin at one: a node of the group that is on this page of all nodes
    // is on that page of the group too.
    Set<UUID> in =
        groups.nodes(caller, id, GroupCards.beginning(after)).orThrow().items().stream()
            .map(GroupNodeView::nodeId)
            .collect(Collectors.toSet());
    return new Page<>(
        all.items().stream()
            .filter(node -> node.revokedAt().isEmpty() && !in.contains(node.id().value()))
            .map(node -> new Choice(node.id().toString(), node.name()))
            .toList(),
        all.last());
  }

  @PostMapping(path = NODES, produces = GroupCards.HTML)
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
    return groups
        .add(call, caller, new GroupId(group), new NodeId(node))
        .orThrow()
        .with(Redirect.to(GroupCards.path(group, Kind.NODE), response));
  }

  @PostMapping(path = NODES + "/remove", produces = GroupCards.HTML)
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
    return groups
        .drop(call, caller, new GroupId(group), new NodeId(node))
        .orThrow()
        .with(Redirect.to(GroupCards.path(group, Kind.NODE), response));
  }
}
