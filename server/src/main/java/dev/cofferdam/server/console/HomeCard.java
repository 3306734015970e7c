package dev.cofferdam.server.console;

/** A tenant on its home page; times once for machines and once for people. */
public record HomeCard(
    String id,
    String slug,
    String name,
    String state,
    String role,
    String foundedAt,
    String founded) {}
