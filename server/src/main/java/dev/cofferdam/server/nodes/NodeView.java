package dev.cofferdam.server.nodes;

import dev.cofferdam.server.surface.NodeId;
import java.time.Instant;
import java.util.Optional;

/**
 * A node.
 *
 * @param authenticationId the thumbprint of the key by which it proves who it is
 * @param receivingId that of the key which is sealed to
 * @param keysSince since when it has both
 * @param seenAt when it last came for an access token; empty before the first time
 * @param revokedAt since when it is one no more; empty while it is
 * @param version what a change must have read
 */
public record NodeView(
    NodeId id,
    String name,
    String authenticationId,
    String receivingAlgorithm,
    String receivingId,
    Instant keysSince,
    Instant registeredAt,
    Optional<Instant> seenAt,
    Optional<Instant> revokedAt,
    long version) {

  /** The same with other keys. */
  NodeView with(NodeKeys keys, Instant since) {
    return new NodeView(
        id,
        name,
        keys.authenticationId(),
        keys.receivingAlgorithm(),
        keys.receivingId(),
        since,
        registeredAt,
        seenAt,
        revokedAt,
        version + 1);
  }
}
