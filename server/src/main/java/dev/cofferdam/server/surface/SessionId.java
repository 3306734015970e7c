package dev.cofferdam.server.surface;

import java.util.Objects;
import java.util.UUID;

/** Which session. A name for it, and no credential: whoever knows it can do nothing with it. */
public record SessionId(UUID value) {
  public SessionId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
