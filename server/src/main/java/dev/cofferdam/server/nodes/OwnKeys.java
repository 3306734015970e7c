package dev.cofferdam.server.nodes;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.protocol.jose.NodeStatement;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A node looks at itself, and exchanges its keys. In the scope of its tenant. */
public final class OwnKeys {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("change_node_keys"));
  private static final Set<String> OWN = Set.of(NodeStatement.NODE, NodeStatement.INSTEAD_OF);

  private final NodeRows rows;
  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final NodeActs acts;
  private final Clock clock;

  /**
   * @param transaction of {@code ops}
   */
  OwnKeys(
      NodeRows rows,
      JdbcClient ops,
      TransactionOperations transaction,
      NodeActs acts,
      Clock clock) {
    this.rows = rows;
    this.ops = ops;
    this.transaction = transaction;
    this.acts = acts;
    this.clock = clock;
  }

  /** The node that calls; empty when it is one no more. */
  public Optional<NodeView> find(Caller.Node caller) {
    return rows.find(caller.id()).filter(node -> node.revokedAt().isEmpty());
  }

  /**
   * Gives the caller the keys that it states, signed with the new one, in the place of those that
   * it says it has: of two exchanges at once one is outdated.
   *
   * @param origin of this server, which the statement must be for
   */
  public KeyChange change(Call call, Caller.Node caller, String origin, String text) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<Statement> statement =
        Statement.ofText(text, OWN)
            .filter(read -> read.says(NodeStatement.NODE).equals(caller.id().toString()))
            .filter(read -> read.isFor(origin, now) && read.isSigned());
    Optional<NodeKeys> keys = statement.flatMap(Statement::keys);
    if (keys.isEmpty()) {
      return new KeyChange.Malformed();
    }
    Optional<NodeView> before = find(caller);
    if (before.isEmpty()) {
      return new KeyChange.Unknown();
    }
    String insteadOf = statement.get().says(NodeStatement.INSTEAD_OF);
    NodeView after = before.get().with(keys.get(), now);
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status -> changed(call, caller, insteadOf, keys.get(), after))));
  }

  private KeyChange changed(
      Call call, Caller.Node caller, String insteadOf, NodeKeys keys, NodeView after) {
    String said =
        ops.sql(
                """
                select nodes.change_keys(:tenant, :node, :instead, :authentication, :authentication_id, :receiving,
                                         :receiving_id, :now)
                """)
            .param("tenant", caller.in().value())
            .param("node", caller.id().value())
            .param("instead", insteadOf)
            .param("authentication", keys.authentication())
            .param("authentication_id", keys.authenticationId())
            .param("receiving", keys.receiving())
            .param("receiving_id", keys.receivingId())
            .param("now", after.keysSince().atOffset(UTC))
            .query(String.class)
            .single();
    return switch (said) {
      case "changed" -> {
        RecordId record = acts.keysChanged(call, caller, insteadOf, keys);
        yield new KeyChange.Changed(new Recorded<>(record, after));
      }
      case "unknown" -> new KeyChange.Unknown();
      case "outdated" -> new KeyChange.Outdated();
      case "key_used" -> new KeyChange.KeyUsed();
      default -> throw new IllegalStateException("nodes.change_keys gave an unknown answer");
    };
  }
}
