package dev.cofferdam.server.surface;

import java.util.Objects;
import java.util.UUID;

/** Names a service of a tenant, whichever of its tokens it shows; no secret. */
public record ServiceId(UUID value) {
  public ServiceId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
