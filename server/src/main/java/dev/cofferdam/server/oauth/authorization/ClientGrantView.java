package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.List;

/**
 * What a person let a client have, as those see it who may end it.
 *
 * @param name of the client, as the person saw it
 * @param scopes as they are stored
 * @param usedAt when its client last renewed what it has
 * @param expiresAt when it ends unless it is used before
 * @param endsAt when it ends in any case
 */
public record ClientGrantView(
    ClientGrantId id,
    ClientId client,
    String name,
    PersonId person,
    List<String> scopes,
    Instant createdAt,
    Instant usedAt,
    Instant expiresAt,
    Instant endsAt) {
  public ClientGrantView {
    scopes = List.copyOf(scopes);
  }
}
