package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A secret as it was sent, and so not printed with what it is in. */
final class SecretText {
  private final String text;

  @JsonCreator
  SecretText(String text) {
    this.text = text;
  }

  @JsonValue
  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "a secret";
  }
}
