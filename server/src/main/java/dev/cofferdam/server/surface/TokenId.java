package dev.cofferdam.server.surface;

import java.util.Objects;
import java.util.UUID;

/** Names a token within its tenant; no secret. */
public record TokenId(UUID value) {
  public TokenId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
