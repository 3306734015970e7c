package dev.cofferdam.server.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that became of the people of a tenant, as its log has it.
 *
 * @param action in the words of the log, such as {@code membership.changed}
 * @param by the person who did it, or null when the platform did
 * @param personId whom it is about, when that is a person
 * @param inviteId which invite it is about, when that is one
 * @param role what they became, or were to become
 * @param recordId by which a receipt proves it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MembershipEvent(
    Instant at,
    String action,
    @Nullable UUID by,
    @Nullable UUID personId,
    @Nullable UUID inviteId,
    @Nullable String role,
    UUID recordId) {}
