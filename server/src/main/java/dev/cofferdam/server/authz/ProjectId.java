package dev.cofferdam.server.authz;

import java.util.Objects;
import java.util.UUID;

/** Which project of a tenant. */
public record ProjectId(UUID value) {
  public ProjectId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
