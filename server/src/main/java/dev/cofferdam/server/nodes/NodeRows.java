package dev.cofferdam.server.nodes;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The nodes of the tenant that is bound. None is made here, and none gets a key. */
final class NodeRows {
  private static final UUID FIRST = new UUID(0, 0);
  private static final String COLUMNS =
      """
      node_id, name, authentication_id, receiving_algorithm, receiving_id, keys_since, registered_at, seen_at,
      revoked_at, version\
      """;

  private final JdbcClient app;

  NodeRows(JdbcClient app) {
    this.app = app;
  }

  /** By id, which is by when they registered; revoked ones too. */
  Page<NodeView> page(PageRequest asked) {
    List<NodeView> found =
        sql("""
            select %s from nodes.node
             where tenant_id = :tenant and node_id > :after order by node_id limit :most
            """)
            .param("after", position(asked))
            .param("most", asked.limit() + 1)
            .query((row, n) -> view(row))
            .list();
    return page(found, asked.limit(), last -> last.id().toString());
  }

  /** How these are called; without those that there are not. */
  Map<NodeId, String> names(Collection<NodeId> ids) {
    return app
        .sql(
            """
            select node_id, name from nodes.node
             where tenant_id = :tenant and node_id = any (:nodes)
            """)
        .param("tenant", Tenants.current().value())
        .param("nodes", ids.stream().map(NodeId::value).toArray(UUID[]::new))
        .query(
            (row, n) ->
                Map.entry(new NodeId(row.getObject("node_id", UUID.class)), row.getString("name")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  Optional<NodeView> find(NodeId id) {
    return one("select %s from nodes.node where tenant_id = :tenant and node_id = :node", id);
  }

  /** The node, kept from others until the transaction ends. */
  Optional<NodeView> findLocked(NodeId id) {
    return one(
        "select %s from nodes.node where tenant_id = :tenant and node_id = :node for update", id);
  }

  private Optional<NodeView> one(String text, NodeId id) {
    return sql(text).param("node", id.value()).query((row, n) -> view(row)).optional();
  }

  /**
   * @throws org.springframework.dao.DuplicateKeyException when another node has the name
   */
  NodeView rename(NodeId id, GivenName name) {
    return sql("""
            update nodes.node set name = :name, version = version + 1
             where tenant_id = :tenant and node_id = :node returning %s
            """)
        .param("node", id.value())
        .param("name", name.text())
        .query((row, n) -> view(row))
        .single();
  }

  NodeView revoke(NodeId id, Instant now) {
    return sql("""
            update nodes.node set revoked_at = :now, version = version + 1
             where tenant_id = :tenant and node_id = :node returning %s
            """)
        .param("node", id.value())
        .param("now", now.atOffset(UTC))
        .query((row, n) -> view(row))
        .single();
  }

  private JdbcClient.StatementSpec sql(String text) {
    return app.sql(text.formatted(COLUMNS)).param("tenant", Tenants.current().value());
  }

  private static NodeView view(ResultSet row) throws SQLException {
    return new NodeView(
        new NodeId(row.getObject("node_id", UUID.class)),
        row.getString("name"),
        row.getString("authentication_id"),
        row.getString("receiving_algorithm"),
        row.getString("receiving_id"),
        row.getObject("keys_since", OffsetDateTime.class).toInstant(),
        row.getObject("registered_at", OffsetDateTime.class).toInstant(),
        instant(row, "seen_at"),
        instant(row, "revoked_at"),
        row.getLong("version"));
  }

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /** The id after which a page begins. */
  static UUID position(PageRequest asked) {
    @Nullable String after = asked.after();
    return after == null ? FIRST : UUID.fromString(after);
  }

  /** A page of what was read, of which there may be one more than fits. */
  static <T> Page<T> page(List<T> found, int limit, Function<T, String> position) {
    boolean more = found.size() > limit;
    List<T> shown = more ? found.subList(0, limit) : found;
    return new Page<>(shown, more ? position.apply(shown.getLast()) : null);
  }
}
