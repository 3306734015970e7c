package dev.cofferdam.server.oauth.web;

import com.fasterxml.jackson.annotation.JsonValue;

/** A token or a code in an answer, which alone has it. No record: it is a secret. */
final class ShownText {
  private final String text;

  ShownText(String text) {
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
