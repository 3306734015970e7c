package dev.cofferdam.server.keyring;

import java.util.Objects;
import java.util.UUID;

/**
 * The public name of a key, which its artefacts carry. Random: it tells neither order nor number.
 */
public record KeyId(UUID value) {
  public KeyId {
    Objects.requireNonNull(value, "value");
  }

  static KeyId random() {
    return new KeyId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
