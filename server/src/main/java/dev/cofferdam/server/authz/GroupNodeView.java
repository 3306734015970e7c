package dev.cofferdam.server.authz;

import java.time.Instant;
import java.util.UUID;

/** That a node is in a group, as it is shown. */
public record GroupNodeView(UUID nodeId, Instant addedAt) {}
