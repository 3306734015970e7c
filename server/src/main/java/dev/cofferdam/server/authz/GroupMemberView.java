package dev.cofferdam.server.authz;

import java.time.Instant;
import java.util.UUID;

/** That a person is in a group, as it is shown. */
public record GroupMemberView(UUID personId, Instant addedAt) {}
