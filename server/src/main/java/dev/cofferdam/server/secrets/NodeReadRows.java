package dev.cofferdam.server.secrets;

import static java.time.ZoneOffset.UTC;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.server.authz.Matter.Reach;
import dev.cofferdam.server.authz.Matter.State;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.authz.Relation;
import dev.cofferdam.server.keyring.KeyId;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.tenancy.Flights;
import dev.cofferdam.server.tenancy.PlacedSql;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a node's reading of a secret is decided on and answered with, in one statement. What nodes
 * of one tenant ask for at once is read together (docs/adr/0103). Safe for use by many threads.
 */
final class NodeReadRows {
  private static final PlacedSql PLACED = new PlacedSql("secrets", "authz");

  /** In a file of its own, so that the benchmark measures this one. */
  static final String STATEMENT = statement();

  /** Two, so that one that hangs is not everybody's. */
  private static final int FLIGHTS = 2;

  private static final Duration PATIENCE = Duration.ofMillis(20);

  /** Each brings a secret along, of up to a mebibyte. */
  private static final int TOGETHER = 16;

  private static final int TENANTS = 10_000;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final JdbcClient app;

  // By all that the statement is bound to: who goes ahead for others is in the same scope as they.
  private final Cache<Scope.OfTenant, Flights<Wish, Optional<Row>>> flights =
      Caffeine.newBuilder()
          .maximumSize(TENANTS)
          .expireAfterAccess(IDLE)
          .executor(Runnable::run)
          .build();

  NodeReadRows(JdbcClient app) {
    this.app = app;
  }

  /**
   * A secret and the facts about it, for one node.
   *
   * @param owner as its row says
   * @param version 0 when there is no such version, or the node has no relation to it
   * @param answer what was sealed for the node before, null when nothing was
   * @param value as it lies, null when it need not be opened or cannot be any more
   * @param reference to where it lies elsewhere; null when it does not, or the node has no relation
   */
  record Row(
      TenantId owner,
      SecretId secret,
      State state,
      Reach reach,
      long version,
      String receivingId,
      byte[] receivingPublic,
      byte @Nullable [] answer,
      @Nullable SealedValue value,
      @Nullable Reference reference) {

    /** Whether its value lies beside it, where what was sealed of it is kept too. */
    boolean isOwn() {
      return reference == null;
    }
  }

  private record Wish(NodeId node, ProjectId project, SecretName name, OptionalLong version) {}

  /** Of the bound tenant; read after this was called. */
  Optional<Row> find(NodeId node, ProjectId project, SecretName name, OptionalLong version) {
    return flights
        .get(
            Tenants.currentScope(),
            scope -> new Flights<>(FLIGHTS, PATIENCE, TOGETHER, this::found))
        .send(new Wish(node, project, name, version));
  }

  private List<Optional<Row>> found(List<Wish> wishes) {
    List<Optional<Row>> found =
        new ArrayList<>(Collections.nCopies(wishes.size(), Optional.empty()));
    app.sql(PLACED.of(STATEMENT))
        .param("tenant", Tenants.current().value())
        .param("nodes", each(wishes, wish -> wish.node().toString()))
        .param("projects", each(wishes, wish -> wish.project().toString()))
        .param("names", each(wishes, wish -> wish.name().text()))
        .param("versions", each(wishes, NodeReadRows::version))
        .query(
            (RowCallbackHandler) row -> found.set(row.getInt("place") - 1, Optional.of(row(row))));
    return found;
  }

  private static @Nullable String[] each(
      List<Wish> wishes, Function<Wish, @Nullable String> member) {
    return wishes.stream().map(member).toArray(String[]::new);
  }

  private static @Nullable String version(Wish wish) {
    return wish.version().isPresent() ? Long.toString(wish.version().getAsLong()) : null;
  }

  /**
   * Keeps what was sealed, unless somebody else has, or the version was purged or emptied
   * meanwhile. What was kept for another key of the node goes.
   */
  boolean keep(Row row, NodeId node, byte[] answer, Instant now) {
    return app.sql(
                PLACED.of(
                    """
                    with former as (
                      delete from {schema}.sealed_answer
                       where tenant_id = :tenant and node_id = :node and receiving_id <> :receiving
                    )
                    insert into {schema}.sealed_answer
                      (tenant_id, secret_id, version, receiving_id, node_id, answer_sealed, made_at)
                    select v.tenant_id, v.secret_id, v.version, :receiving, :node, :answer, :now
                      from {schema}.secret_version v
                     where v.tenant_id = :tenant and v.secret_id = :secret and v.version = :version
                       and v.value_sealed is not null
                       for share
                    on conflict (tenant_id, secret_id, version, receiving_id) do nothing
                    """))
            .param("tenant", row.owner().value())
            .param("node", node.value())
            .param("receiving", row.receivingId())
            .param("secret", row.secret().value())
            .param("version", row.version())
            .param("answer", answer)
            .param("now", now.atOffset(UTC))
            .update()
        == 1;
  }

  private static Row row(ResultSet row) throws SQLException {
    int direct = row.getInt("direct");
    int throughGroup = row.getInt("through_group");
    byte @Nullable [] value = row.getBytes("value_sealed");
    @Nullable String path = row.getString("reference_path");
    return new Row(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        new SecretId(row.getObject("secret_id", UUID.class)),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        new Reach(Relation.values()[Math.max(direct, throughGroup)], throughGroup > direct),
        row.getLong("version"),
        row.getString("key_id"),
        row.getBytes("key_public"),
        row.getBytes("answer_sealed"),
        value == null
            ? null
            : new SealedValue(new KeyId(row.getObject("data_key_id", UUID.class)), value),
        path == null ? null : new Reference(path, row.getString("reference_field")));
  }

  private static String statement() {
    try (InputStream in =
        Objects.requireNonNull(
            NodeReadRows.class.getResourceAsStream("secret_for_node.sql"), "secret_for_node.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
