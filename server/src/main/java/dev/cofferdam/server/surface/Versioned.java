package dev.cofferdam.server.surface;

/** A body that a client may change later: it leaves with its {@link ETag}. */
public record Versioned<T>(ETag version, T body) {}
