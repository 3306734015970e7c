package dev.cofferdam.server.identity.invite;

import java.util.UUID;

/** Names an invite within its tenant; no secret. */
public record InviteId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
