package dev.cofferdam.server.nodes;

import static java.time.ZoneOffset.UTC;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.ClientKeys;
import dev.cofferdam.server.oauth.ClientKind;
import dev.cofferdam.server.oauth.ClientRegistry;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Holders;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Nodes as clients of the authorization server, and as holders of its tokens: a node is the client
 * of its own id, shows who it is by its authentication key, and its tokens are worth nothing
 * without that key. Safe for use by many threads.
 */
final class NodeClients implements ClientRegistry, Holders {
  /** How exactly it is known when a node was seen last: a write in each request would be dear. */
  private static final Duration SEEN_STEP = Duration.ofMinutes(1);

  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("authenticate"));
  private static final Set<String> GRANTS = Set.of("client_credentials");
  private static final int COORDINATE = 32;

  private final JdbcClient ops;
  private final Clock clock;

  NodeClients(JdbcClient ops, Clock clock) {
    this.ops = ops;
    this.clock = clock;
  }

  /**
   * A node as it is now.
   *
   * @param point its authentication key
   */
  private record Known(
      TenantId tenant, byte[] point, KeyThumbprint key, Optional<Instant> seenAt) {}

  @Override
  public Optional<Client> find(ClientId id) {
    return node(id.value()).flatMap(node -> known(node).map(known -> client(id, node, known)));
  }

  /** In the one form that the server gives out: no id has two names. */
  private static Optional<NodeId> node(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(new NodeId(id)) : Optional.empty();
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }

  private static Client client(ClientId id, NodeId node, Known known) {
    ECKey key =
        new ECKey.Builder(
                Curve.P_256,
                Base64URL.encode(Arrays.copyOf(known.point(), COORDINATE)),
                Base64URL.encode(Arrays.copyOfRange(known.point(), COORDINATE, 2 * COORDINATE)))
            .keyID(known.key().value())
            .build();
    return new Client(
        id,
        Optional.of(known.tenant()),
        ClientKind.NODE,
        new ClientAuthentication.PrivateKeyJwt(ClientKeys.of(new JWKSet(key))),
        Optional.of(new Holder(Holder.Kind.NODE, known.tenant(), node.value())),
        GRANTS);
  }

  @Override
  public Holder.Kind kind() {
    return Holder.Kind.NODE;
  }

  @Override
  public Optional<Standing> find(Holder holder, Set<TokenScope> scopes) {
    NodeId node = new NodeId(holder.id());
    Optional<Known> found = known(node).filter(known -> known.tenant().equals(holder.tenant()));
    found.ifPresent(known -> noteSeen(node, known));
    return found.map(
        known ->
            new Standing(
                new Caller.Node(node, known.tenant()),
                Set.of(),
                node.value(),
                Optional.of(known.key())));
  }

  private Optional<Known> known(NodeId node) {
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql(
                    """
                    select tenant_id, authentication_public, authentication_id, seen_at from nodes.find_node(:node)
                    """)
                .param("node", node.value())
                .query((row, n) -> known(row))
                .optional());
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        row.getBytes("authentication_public"),
        new KeyThumbprint(row.getString("authentication_id")),
        NodeRows.instant(row, "seen_at"));
  }

  private void noteSeen(NodeId node, Known known) {
    Instant now = clock.instant();
    if (known.seenAt().filter(at -> now.isBefore(at.plus(SEEN_STEP))).isPresent()) {
      return;
    }
    Scopes.run(
        SCOPE,
        () ->
            ops.sql("select nodes.see_node(:tenant, :node, :now)")
                .param("tenant", known.tenant().value())
                .param("node", node.value())
                .param("now", now.atOffset(UTC))
                .query((row, n) -> true)
                .list());
  }
}
