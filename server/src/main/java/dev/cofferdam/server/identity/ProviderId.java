package dev.cofferdam.server.identity;

import java.util.UUID;

/** Names a tenant's own identity provider. Nobody guesses one; its people are told. */
public record ProviderId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
