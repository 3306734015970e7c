package dev.cofferdam.server.console;

/** That a tenant is to be deleted, on its home page. */
public record ClosingCard(String dueAt, String due) {}
