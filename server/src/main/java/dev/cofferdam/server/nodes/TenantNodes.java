package dev.cofferdam.server.nodes;

import dev.cofferdam.server.authz.Nodes;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.tenancy.Tenants;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells authorization which nodes the bound tenant has. */
@Component
final class TenantNodes implements Nodes {
  private final JdbcClient app;

  TenantNodes(JdbcClient app) {
    this.app = app;
  }

  @Override
  public boolean isNode(NodeId node) {
    // Locked, so that whoever revokes it at the same time sees what was built on it.
    return app.sql(
            """
            select true from nodes.node
             where tenant_id = :tenant and node_id = :node and revoked_at is null for share
            """)
        .param("tenant", Tenants.current().value())
        .param("node", node.value())
        .query(Boolean.class)
        .optional()
        .isPresent();
  }
}
