package dev.cofferdam.server.authz;

import java.time.Instant;
import java.util.UUID;

/**
 * A project, as it is shown.
 *
 * @param state {@code active} or {@code archived}
 * @param relation the strongest one of who asks, {@code none} where the role alone shows it
 */
public record ProjectView(
    UUID id, String name, String state, String relation, Instant createdAt, Instant changedAt) {}
