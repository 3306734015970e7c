package dev.cofferdam.server.oauth.authorization;

import java.util.Objects;
import java.util.UUID;

/** Names a grant of a client within its tenant; no secret. */
public record ClientGrantId(UUID value) {
  public ClientGrantId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
