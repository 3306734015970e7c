package dev.cofferdam.node.terminal;

import java.time.Instant;

/** A token that its person has just made. No record: it is a secret. */
final class MadeToken {
  private final String text;
  private final Instant until;

  MadeToken(String text, Instant until) {
    this.text = text;
    this.until = until;
  }

  /** To be printed once, or written. */
  String text() {
    return text;
  }

  Instant until() {
    return until;
  }

  @Override
  public String toString() {
    return "a token until " + until;
  }
}
