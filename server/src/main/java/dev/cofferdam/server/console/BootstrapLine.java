package dev.cofferdam.server.console;

/**
 * A bootstrap token in the list; times once for machines and once for people.
 *
 * @param name of the node to be
 * @param state {@code open}, {@code used}, {@code revoked} or {@code expired}
 */
public record BootstrapLine(
    String id,
    String name,
    String state,
    String madeAt,
    String made,
    String expiresAt,
    String expires) {}
