package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.closing.ClosingView;

/** That a tenant is to be deleted, and when. */
public record ClosingCard(String dueAt, String due) {
  static ClosingCard of(ClosingView closing) {
    return new ClosingCard(closing.dueAt().toString(), Words.of(closing.dueAt()));
  }
}
