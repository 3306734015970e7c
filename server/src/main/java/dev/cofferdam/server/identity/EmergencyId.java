package dev.cofferdam.server.identity;

import java.util.UUID;

/** Names an emergency within its tenant; no secret. */
public record EmergencyId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
