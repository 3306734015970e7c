package dev.cofferdam.server.nodes;

import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * A bootstrap token as those see it who may end it; never the token itself.
 *
 * @param name of the node to be
 * @param node that it made; empty before
 */
public record BootstrapView(
    BootstrapId id,
    String name,
    PersonId madeBy,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> revokedAt,
    Optional<NodeId> node) {

  /** What has become of a token. */
  public enum State {
    OPEN,
    USED,
    REVOKED,
    EXPIRED
  }

  public State state(Instant now) {
    if (node.isPresent()) {
      return State.USED;
    }
    if (revokedAt.isPresent()) {
      return State.REVOKED;
    }
    return now.isBefore(expiresAt) ? State.OPEN : State.EXPIRED;
  }
}
