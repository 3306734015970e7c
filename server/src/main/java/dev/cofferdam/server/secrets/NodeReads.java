package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.crypto.Hpke;
import dev.cofferdam.protocol.crypto.Opening;
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
  private final ValueCipher cipher;
  private final Hpke hpke;
  private final Authorization authorization;
  private final Clock clock;

  NodeReads(
      NodeReadRows rows, ValueCipher cipher, Hpke hpke, Authorization authorization, Clock clock) {
    this.rows = rows;
    this.cipher = cipher;
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
      if (row.version() == 0) {
        return new NodeRead.NoSuchVersion();
      }
      SecretAddress address =
          new SecretAddress(
              row.owner().value(),
              node.id().value(),
              row.receivingId(),
              project.value(),
              name,
              row.version());
      if (row.answer() != null) {
        return new NodeRead.Given(row.secret(), address, row.answer());
      }
      Optional<byte[]> made = made(row, address);
      if (made.isEmpty()) {
        return new NodeRead.Gone();
      }
      if (rows.keep(row, node.id(), made.get(), clock.instant())) {
        return new NodeRead.Given(row.secret(), address, made.get());
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

  /** Sealed for the node; empty when the value's key opens nothing any more. */
  private Optional<byte[]> made(NodeReadRows.Row row, SecretAddress address) {
    SealedValue value = row.value();
    if (value == null) {
      return Optional.empty();
    }
    ValueCipher.Place place =
        new ValueCipher.Place(
            row.owner(), new ProjectId(address.project()), row.secret(), row.version());
    return cipher.open(place, value).map(opening -> sealed(opening, row, address));
  }

  private byte[] sealed(Opening opening, NodeReadRows.Row row, SecretAddress address) {
    return switch (opening) {
      case Opening.Opened opened -> {
        try (SecretBytes plain = opened.plaintext()) {
          yield plain.lend(
              ACCESS, bytes -> SealedSecret.seal(hpke, receiving(row), address, bytes));
        }
      }
      case Opening.Refused refused ->
          throw new UnopenableValueException(row.secret(), row.version());
    };
  }

  private static ReceivingKey receiving(NodeReadRows.Row row) {
    return ReceivingKey.of(row.receivingPublic())
        .orElseThrow(
            () -> new IllegalStateException("a node has a key that nothing can be sealed to"));
  }
}
