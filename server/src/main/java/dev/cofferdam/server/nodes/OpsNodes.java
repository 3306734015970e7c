package dev.cofferdam.server.nodes;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nodes of all tenants, for the purpose {@code register_node}. */
final class OpsNodes {
  private final JdbcClient ops;

  OpsNodes(JdbcClient ops) {
    this.ops = ops;
  }

  /** The token, kept from others until the transaction ends. */
  Optional<FoundBootstrap> find(BootstrapToken token) {
    return ops.sql(
            """
            select tenant_id, bootstrap_id, name, expires_at, revoked, node_id, node_name, node_revoked, authentication_id,
                   receiving_id, record_id, registered_at
              from nodes.find_bootstrap(:hash)
            """)
        .param("hash", token.hash())
        .query((row, n) -> found(row))
        .optional();
  }

  private static FoundBootstrap found(ResultSet row) throws SQLException {
    TenantId tenant = new TenantId(row.getObject("tenant_id", UUID.class));
    return new FoundBootstrap(
        tenant,
        new BootstrapId(row.getObject("bootstrap_id", UUID.class)),
        row.getString("name"),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("revoked"),
        used(tenant, row));
  }

  private static Optional<FoundBootstrap.Used> used(TenantId tenant, ResultSet row)
      throws SQLException {
    @Nullable UUID node = row.getObject("node_id", UUID.class);
    if (node == null) {
      return Optional.empty();
    }
    return Optional.of(
        new FoundBootstrap.Used(
            new Registration(
                new NodeId(node),
                tenant,
                row.getString("node_name"),
                row.getObject("registered_at", OffsetDateTime.class).toInstant(),
                new RecordId(row.getObject("record_id", UUID.class))),
            row.getBoolean("node_revoked"),
            row.getString("authentication_id"),
            row.getString("receiving_id")));
  }

  /**
   * Makes a node of a token, in the caller's transaction.
   *
   * @return what {@code nodes.register_node} says of it
   */
  String register(FoundBootstrap token, Registration made, NodeKeys keys, int most) {
    return ops.sql(
            """
            select nodes.register_node(:tenant, :bootstrap, :node, :record, :authentication, :authentication_id,
                                       :receiving, :receiving_id, :now, :most)
            """)
        .param("tenant", token.tenant().value())
        .param("bootstrap", token.id().value())
        .param("node", made.node().value())
        .param("record", made.record().value())
        .param("authentication", keys.authentication())
        .param("authentication_id", keys.authenticationId())
        .param("receiving", keys.receiving())
        .param("receiving_id", keys.receivingId())
        .param("now", made.registeredAt().atOffset(UTC))
        .param("most", most)
        .query(String.class)
        .single();
  }

  /** Whether the tenant is to be told of a try. */
  boolean noteTry(FoundBootstrap token, Instant now) {
    return ops.sql("select nodes.note_try(:tenant, :bootstrap, :now)")
        .param("tenant", token.tenant().value())
        .param("bootstrap", token.id().value())
        .param("now", now.atOffset(UTC))
        .query(Boolean.class)
        .single();
  }
}
