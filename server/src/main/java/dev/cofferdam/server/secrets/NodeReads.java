package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.crypto.Hpke;
import dev.cofferdam.protocol.crypto.ReceivingKey;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter.OnThing;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Caller;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Gives nodes secrets, sealed to their own keys (docs/design/secrets.md). Each call decides anew;
 * what is kept are bytes that only the node can open, and no decision.
 */
public final class NodeReads {
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final int TRIES = 3;

  private final NodeReadRows rows;
  private final ValueStore own;
  private final ValueStore elsewhere;
  private final Hpke hpke;
  private final Authorization authorization;
  private final Clock clock;

  /**
   * @param own where values lie beside their secrets
   * @param elsewhere where those lie that are references
   */
  NodeReads(
      NodeReadRows rows,
      ValueStore own,
      ValueStore elsewhere,
      Hpke hpke,
      Authorization authorization,
      Clock clock) {
    this.rows = rows;
    this.own = own;
    this.elsewhere = elsewhere;
    this.hpke = hpke;
    this.authorization = authorization;
    this.clock = clock;
  }

  /**
   * A secret of the bound tenant for a node of it.
   *
   * @param version that is asked for, or empty for the current one
   * @throws UnopenableValueException when what lies there does not open where it lies
   */
  public NodeRead read(Caller.Node node, ProjectId project, SecretName name, OptionalLong version) {
    for (int tried = 0; tried < TRIES; tried++) {
      Optional<NodeReadRows.Row> found = rows.find(node.id(), project, name, version);
      if (found.isEmpty()) {
        return new NodeRead.Denied(Reason.NOT_VISIBLE);
      }
      NodeReadRows.Row row = found.get();
      Optional<Reason> refused = refusal(node, row);
      if (refused.isPresent()) {
        return new NodeRead.Denied(refused.get());
      }
      if (row.answer() != null) {
        SecretAddress address = address(node, project, name, row, row.version());
        return new NodeRead.Given(row.secret(), address, row.answer());
      }
      NodeRead made = made(node, project, name, version, row);
      if (!(made instanceof NodeRead.Given(var secret, var address, byte[] answer))
          || !row.isOwn()
          || rows.keep(row, node.id(), answer, clock.instant())) {
        return made;
      }
      // Another request was faster, or the version is no more: both are seen by looking again.
    }
    throw new IllegalStateException("a sealed answer was made and gone again, several times");
  }

  /** What the policies have against it; the statement has let nothing out without a relation. */
  private Optional<Reason> refusal(Caller.Node node, NodeReadRows.Row row) {
    Facts facts =
        Facts.of(
            node,
            Action.READ_SECRET,
            row.owner(),
            new OnThing(row.reach(), row.state()),
            clock.instant());
    return authorization.decide(facts) instanceof Decision.Denied(Reason reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /** Opened where it lies, and sealed for the node. */
  private NodeRead made(
      Caller.Node node,
      ProjectId project,
      SecretName name,
      OptionalLong version,
      NodeReadRows.Row row) {
    ValueStore store = row.isOwn() ? own : elsewhere;
    return switch (store.open(row, project, version)) {
      case ValueStore.Found.Opened opened -> {
        SecretAddress address = address(node, project, name, row, opened.version());
        try (SecretBytes plain = opened.value()) {
          byte[] sealed =
              plain.lend(ACCESS, bytes -> SealedSecret.seal(hpke, receiving(row), address, bytes));
          yield new NodeRead.Given(row.secret(), address, sealed);
        }
      }
      case ValueStore.Found.NoSuchVersion none -> new NodeRead.NoSuchVersion();
      case ValueStore.Found.Gone gone -> new NodeRead.Gone();
      case ValueStore.Found.Unavailable unavailable -> new NodeRead.Unavailable();
    };
  }

  private static SecretAddress address(
      Caller.Node node, ProjectId project, SecretName name, NodeReadRows.Row row, long version) {
    return new SecretAddress(
        row.owner().value(), node.id().value(), row.receivingId(), project.value(), name, version);
  }

  private static ReceivingKey receiving(NodeReadRows.Row row) {
    return ReceivingKey.of(row.receivingPublic())
        .orElseThrow(
            () -> new IllegalStateException("a node has a key that nothing can be sealed to"));
  }
}
