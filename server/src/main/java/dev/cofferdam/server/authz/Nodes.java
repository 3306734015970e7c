package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.NodeId;

/** Which nodes the bound tenant has. Module {@code nodes} fills this port. */
public interface Nodes {
  /**
   * Whether there is such a node that was not revoked. Called in a transaction, until whose end
   * nobody can revoke it.
   */
  boolean isNode(NodeId node);
}
