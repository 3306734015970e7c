package dev.cofferdam.server.nodes;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The bootstrap tokens of the tenant that is bound. */
final class BootstrapRows {
  private static final String COLUMNS =
      "bootstrap_id, name, made_by, created_at, expires_at, revoked_at, node_id";

  private final JdbcClient app;

  BootstrapRows(JdbcClient app) {
    this.app = app;
  }

  /** By id, which is by when they were made. */
  Page<BootstrapView> page(PageRequest asked) {
    List<BootstrapView> found =
        sql("""
            select %s from nodes.bootstrap
             where tenant_id = :tenant and bootstrap_id > :after order by bootstrap_id limit :most
            """)
            .param("after", NodeRows.position(asked))
            .param("most", asked.limit() + 1)
            .query((row, n) -> view(row))
            .list();
    return NodeRows.page(found, asked.limit(), last -> last.id().toString());
  }

  /** The token, kept from others until the transaction ends. */
  Optional<BootstrapView> findLocked(BootstrapId id) {
    return sql("""
            select %s from nodes.bootstrap where tenant_id = :tenant and bootstrap_id = :id for update
            """)
        .param("id", id.value())
        .query((row, n) -> view(row))
        .optional();
  }

  int open(Instant now) {
    return sql("""
            select count(*) from nodes.bootstrap
             where tenant_id = :tenant and node_id is null and revoked_at is null and expires_at > :now
            """)
        .param("now", now.atOffset(UTC))
        .query(Integer.class)
        .single();
  }

  BootstrapView insert(
      BootstrapId id, GivenName name, byte[] hash, PersonId by, Instant now, Instant until) {
    return sql("""
            insert into nodes.bootstrap (tenant_id, bootstrap_id, name, token_hash, made_by, created_at, expires_at)
            values (:tenant, :id, :name, :hash, :by, :now, :until) returning %s
            """)
        .param("id", id.value())
        .param("name", name.text())
        .param("hash", hash)
        .param("by", by.value())
        .param("now", now.atOffset(UTC))
        .param("until", until.atOffset(UTC))
        .query((row, n) -> view(row))
        .single();
  }

  BootstrapView revoke(BootstrapId id, Instant now) {
    return sql("""
            update nodes.bootstrap set revoked_at = :now
             where tenant_id = :tenant and bootstrap_id = :id returning %s
            """)
        .param("id", id.value())
        .param("now", now.atOffset(UTC))
        .query((row, n) -> view(row))
        .single();
  }

  private JdbcClient.StatementSpec sql(String text) {
    return app.sql(text.formatted(COLUMNS)).param("tenant", Tenants.current().value());
  }

  private static BootstrapView view(ResultSet row) throws SQLException {
    @Nullable UUID node = row.getObject("node_id", UUID.class);
    return new BootstrapView(
        new BootstrapId(row.getObject("bootstrap_id", UUID.class)),
        row.getString("name"),
        new PersonId(row.getObject("made_by", UUID.class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        NodeRows.instant(row, "revoked_at"),
        node == null ? Optional.empty() : Optional.of(new NodeId(node)));
  }
}
