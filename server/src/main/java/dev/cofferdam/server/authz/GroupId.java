package dev.cofferdam.server.authz;

import java.util.Objects;
import java.util.UUID;

/** Which group of a tenant. */
public record GroupId(UUID value) {
  public GroupId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
