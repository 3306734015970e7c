package dev.cofferdam.server.nodes;

import java.util.Objects;
import java.util.UUID;

/** Names a bootstrap token; no secret. */
public record BootstrapId(UUID value) {
  public BootstrapId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
