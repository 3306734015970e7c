package dev.cofferdam.server.surface;

import java.util.Objects;
import java.util.UUID;

/** Which audit record. Whoever may read the record finds its receipt by it. */
public record RecordId(UUID value) {
  public RecordId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
