package dev.cofferdam.server.authz;

import java.time.Instant;
import java.util.UUID;

/**
 * A grant, as it is shown.
 *
 * @param subjectKind {@code person} or {@code group}
 */
public record GrantView(String subjectKind, UUID subjectId, String relation, Instant grantedAt) {}
