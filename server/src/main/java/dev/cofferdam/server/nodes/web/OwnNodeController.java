package dev.cofferdam.server.nodes.web;

import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.nodes.KeyChange;
import dev.cofferdam.server.nodes.NodeView;
import dev.cofferdam.server.nodes.OwnKeys;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a node does about itself. */
@RestController
class OwnNodeController {
  private final OwnKeys keys;

  OwnNodeController(OwnKeys keys) {
    this.keys = keys;
  }

  /**
   * The keys that a node is to have.
   *
   * @param statement a JWS in compact form, as docs/design/nodes.md describes it
   */
  record Wanted(String statement) {}

  @GetMapping("/v1/node")
  @Surface(
      summary = "Shows a node what it is known as.",
      access = Access.NODE,
      limit = "read",
      action = "node.view_own",
      problems = ProblemCode.NOT_FOUND)
  NodeBody show(Caller.Node caller) {
    return NodeBody.of(keys.find(caller).orElseThrow(() -> Refusal.notFound().thrown()));
  }

  /** From the answer on the older keys are nobody's: the next access token is asked for anew. */
  @PostMapping("/v1/node/keys")
  @Surface(
      summary = "Gives a node other keys, in the place of those that it has.",
      access = Access.NODE,
      limit = "change",
      action = "node.change_keys",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.CONFLICT, ProblemCode.NOT_FOUND})
  Recorded<NodeBody> change(
      Call call, Caller.Node caller, HttpServletRequest request, @RequestBody Wanted wanted) {
    return switch (keys.change(call, caller, OwnOrigin.of(request), wanted.statement())) {
      case KeyChange.Changed(Recorded<NodeView> node) -> node.with(NodeBody.of(node.body()));
      case KeyChange.Refused refused -> throw refused.refusal().thrown();
    };
  }
}
