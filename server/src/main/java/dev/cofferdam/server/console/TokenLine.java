package dev.cofferdam.server.console;

import org.jspecify.annotations.Nullable;

/**
 * A token in the list; times once for machines and once for people.
 *
 * @param role of its service, or empty for one's own
 * @param used null before the first time
 */
public record TokenLine(
    String id,
    String label,
    String role,
    String scopes,
    String madeAt,
    String made,
    @Nullable String usedAt,
    @Nullable String used,
    String expiresAt,
    String expires,
    boolean expired) {}
