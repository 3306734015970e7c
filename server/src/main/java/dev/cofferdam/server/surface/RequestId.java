package dev.cofferdam.server.surface;

import java.util.Objects;
import java.util.UUID;

/**
 * The server's own name for a request: in every answer, log line and record. Never taken from the
 * client.
 */
public record RequestId(UUID value) {
  /** The header field that every answer carries it in. */
  public static final String HEADER = "Cofferdam-Request-Id";

  public RequestId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
