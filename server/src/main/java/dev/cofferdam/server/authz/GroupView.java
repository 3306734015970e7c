package dev.cofferdam.server.authz;

import java.time.Instant;
import java.util.UUID;

/** A group, as it is shown. */
public record GroupView(UUID id, String name, Instant createdAt, Instant changedAt) {}
