package dev.cofferdam.server.nodes;

import dev.cofferdam.server.authz.Nodes;
import dev.cofferdam.server.surface.NodeId;

/** Tells authorization which nodes the bound tenant has. */
final class TenantNodes implements Nodes {
  private final NodeRows rows;

  TenantNodes(NodeRows rows) {
    this.rows = rows;
  }

  @Override
  public boolean isNode(NodeId node) {
    // Locked, so that whoever revokes it at the same time sees what was built on it.
    return rows.findLocked(node).filter(found -> found.revokedAt().isEmpty()).isPresent();
  }
}
