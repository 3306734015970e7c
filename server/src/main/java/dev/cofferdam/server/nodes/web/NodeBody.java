package dev.cofferdam.server.nodes.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.nodes.NodeView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node.
 *
 * @param authenticationKey the thumbprint (RFC 7638) of the key by which it proves who it is
 * @param receivingKey that of the key which is sealed to
 * @param keysSince since when it has both
 * @param seenAt when it last came for an access token; absent before the first time
 * @param revokedAt since when it is a node no more; absent while it is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NodeBody(
    UUID id,
    String name,
    String authenticationKey,
    String receivingAlgorithm,
    String receivingKey,
    Instant keysSince,
    Instant registeredAt,
    @Nullable Instant seenAt,
    @Nullable Instant revokedAt) {

  static NodeBody of(NodeView view) {
    return new NodeBody(
        view.id().value(),
        view.name(),
        view.authenticationId(),
        view.receivingAlgorithm(),
        view.receivingId(),
        view.keysSince(),
        view.registeredAt(),
        view.seenAt().orElse(null),
        view.revokedAt().orElse(null));
  }
}
