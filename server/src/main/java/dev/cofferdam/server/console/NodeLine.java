package dev.cofferdam.server.console;

import org.jspecify.annotations.Nullable;

/**
 * A node in the list; times once for machines and once for people.
 *
 * @param key the thumbprint of the key by which it proves who it is
 * @param seen null before it first came for an access token
 * @param version that a change of the name must have read
 */
public record NodeLine(
    String id,
    String name,
    String key,
    String registeredAt,
    String registered,
    @Nullable String seenAt,
    @Nullable String seen,
    boolean revoked,
    long version) {}
