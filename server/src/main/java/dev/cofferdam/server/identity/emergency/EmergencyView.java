package dev.cofferdam.server.identity.emergency;

import dev.cofferdam.server.identity.EmergencyId;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * That an operator reads, or has read, in a tenant.
 *
 * @param expiresAt when it is over in any case
 * @param endedAt when it was ended before its time, if it was
 * @param endedBy the operator or an owner, where somebody ended it
 */
public record EmergencyView(
    EmergencyId id,
    PersonId operator,
    String reason,
    Instant openedAt,
    Instant expiresAt,
    Optional<Instant> endedAt,
    Optional<PersonId> endedBy) {
  public boolean isOpen(Instant now) {
    return endedAt.isEmpty() && now.isBefore(expiresAt);
  }
}
