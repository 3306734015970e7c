package dev.cofferdam.server.oauth.client;

import dev.cofferdam.server.oauth.ClientId;
import java.util.Optional;
import java.util.UUID;

/** What ids of clients can be. */
final class ClientIds {
  private ClientIds() {}

  /** Of one that was registered; one client has one text. */
  static Optional<UUID> uuid(ClientId id) {
    try {
      UUID found = UUID.fromString(id.value());
      return found.toString().equals(id.value()) ? Optional.of(found) : Optional.empty();
    } catch (IllegalArgumentException noUuid) {
      return Optional.empty();
    }
  }
}
