package dev.cofferdam.server.nodes.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cofferdam.server.nodes.BootstrapToken;

/** A token in the one answer that has it, and so not printed with what it is in. */
final class ShownToken {
  private final BootstrapToken token;

  ShownToken(BootstrapToken token) {
    this.token = token;
  }

  @JsonValue
  String text() {
    return token.text();
  }

  @Override
  public String toString() {
    return "a secret";
  }
}
