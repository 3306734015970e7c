package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token as those see it who may end it; never the token itself.
 *
 * @param service whose it is, and what that is in the tenant; empty for a person's
 * @param scopes as they are stored
 * @param usedAt to half a minute; empty before the first time
 */
public record TokenView(
    TokenId id,
    String label,
    List<String> scopes,
    Optional<OfService> service,
    PersonId madeBy,
    Instant createdAt,
    Optional<Instant> usedAt,
    Instant expiresAt) {

  /** A service, and its role. */
  public record OfService(ServiceId id, Role role) {
    public OfService {
      if (role == Role.OWNER) {
        throw new IllegalArgumentException("an owner is a person");
      }
    }
  }
}
