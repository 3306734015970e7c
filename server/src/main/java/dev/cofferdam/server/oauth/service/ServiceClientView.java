package dev.cofferdam.server.oauth.service;

import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A client as those see it who may end it. It has nothing secret.
 *
 * @param scopes as they are stored
 * @param keys the thumbprints of its public keys
 */
public record ServiceClientView(
    UUID id,
    String label,
    Role role,
    List<String> scopes,
    List<String> keys,
    PersonId madeBy,
    Instant createdAt) {
  public ServiceClientView {
    scopes = List.copyOf(scopes);
    keys = List.copyOf(keys);
  }

  /** The same with other keys. */
  ServiceClientView with(List<String> others) {
    return new ServiceClientView(id, label, role, scopes, others, madeBy, createdAt);
  }

  public ClientId clientId() {
    return new ClientId(id.toString());
  }
}
