package dev.cofferdam.server.secrets;

import java.util.Objects;
import java.util.UUID;

/** Names a secret, whatever it is called and whatever its value; tells nothing of either. */
public record SecretId(UUID value) {
  public SecretId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
