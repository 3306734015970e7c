package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The code of an invite as it was pasted: a secret, and so not printed with what it is in. */
final class CodeText {
  private final String text;

  @JsonCreator
  CodeText(String text) {
    this.text = text;
  }

  @JsonValue
  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "the code of an invite";
  }
}
