package dev.cofferdam.server.oauth.exchange;

import java.util.UUID;

/** Names an issuer that a tenant trusts; no secret. */
public record TrustedIssuerId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
