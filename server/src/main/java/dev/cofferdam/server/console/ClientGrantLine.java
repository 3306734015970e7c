package dev.cofferdam.server.console;

/**
 * One of the list of what programs have.
 *
 * @param client that it calls itself by
 */
public record ClientGrantLine(
    String id,
    String name,
    String client,
    String scopes,
    String madeAt,
    String made,
    String usedAt,
    String used,
    String expiresAt,
    String expires) {}
