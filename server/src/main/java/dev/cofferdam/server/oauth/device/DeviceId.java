package dev.cofferdam.server.oauth.device;

import java.util.UUID;

/** Names what a program asks. No secret: nobody answers or redeems anything by it alone. */
public record DeviceId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
