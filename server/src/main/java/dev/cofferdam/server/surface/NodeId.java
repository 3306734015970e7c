package dev.cofferdam.server.surface;

import java.util.Objects;
import java.util.UUID;

/** Names a node of a tenant, whichever keys it has by now; no secret. */
public record NodeId(UUID value) {
  public NodeId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
