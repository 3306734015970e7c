package dev.cofferdam.server.authz;

import java.time.Instant;
import java.util.UUID;

/**
 * A grant, as it is shown.
 *
 * @param subjectKind {@code person}, {@code group} or {@code node}
 */
public record GrantView(String subjectKind, UUID subjectId, String relation, Instant grantedAt) {}
