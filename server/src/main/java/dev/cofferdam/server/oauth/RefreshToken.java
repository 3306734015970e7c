package dev.cofferdam.server.oauth;

import com.fasterxml.jackson.annotation.JsonValue;

/** A refresh token as its client gets it, once. No record: it is a secret. */
public final class RefreshToken {
  private final String text;

  public RefreshToken(String text) {
    this.text = text;
  }

  /** To be shown to the client, and to nobody else. */
  @JsonValue
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return "a refresh token";
  }
}
