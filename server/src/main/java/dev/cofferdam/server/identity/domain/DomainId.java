package dev.cofferdam.server.identity.domain;

import java.util.UUID;

/** Names a claim of a domain within its tenant; no secret. */
public record DomainId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
