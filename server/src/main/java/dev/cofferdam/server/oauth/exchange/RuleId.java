package dev.cofferdam.server.oauth.exchange;

import java.util.UUID;

/** Names a rule of a tenant's, by which programs ask for tokens. No secret, and not guessable. */
public record RuleId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
