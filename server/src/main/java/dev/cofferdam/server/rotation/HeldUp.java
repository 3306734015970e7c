package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.UnreadableKeyException;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a rotation waits for that does not go away by itself.
 *
 * @param by the tenant whose rings cannot be turned; empty for a ring of the platform
 * @param since when it was found first
 */
public record HeldUp(Optional<TenantId> by, Instant since, Code code) {
  /** What is the matter. */
  public enum Code {
    /** A stored key does not open: somebody has been at the database. */
    UNREADABLE_KEY,
    /** Something else, which the server's log says. */
    FAILED;

    static Code of(RuntimeException failure) {
      return failure instanceof UnreadableKeyException ? UNREADABLE_KEY : FAILED;
    }
  }
}
