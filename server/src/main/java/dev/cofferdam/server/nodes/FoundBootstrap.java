package dev.cofferdam.server.nodes;

import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * A bootstrap token as it was found by its hash, locked.
 *
 * @param name of the node to be
 * @param used what became of it; empty while nobody has used it
 */
record FoundBootstrap(
    TenantId tenant,
    BootstrapId id,
    String name,
    Instant expiresAt,
    boolean revoked,
    Optional<Used> used) {

  /**
   * The node that it made.
   *
   * @param authenticationId the thumbprints of the keys that it has now
   */
  record Used(Registration node, boolean revoked, String authenticationId, String receivingId) {
    /** Whether a node of these keys is asking again for the answer that it lost. */
    boolean isOf(NodeKeys keys) {
      return !revoked
          && authenticationId.equals(keys.authenticationId())
          && receivingId.equals(keys.receivingId());
    }
  }
}
