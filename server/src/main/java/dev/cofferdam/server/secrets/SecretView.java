package dev.cofferdam.server.secrets;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A secret, as it is shown: all but its value.
 *
 * @param version the current one, 0 before there is any, and for a reference, whose versions are in
 *     the other store
 * @param revision counts all changes: what {@code If-Match} names, in quotes
 * @param valuedAt since when that is its value
 * @param rotateAfterDays after how many days it is to be replaced, where that was said
 * @param dueAt when that is
 * @param deletedAt since when no node gets it any more
 * @param reference to where its value lies in the secret store of the platform, when it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretView(
    UUID id,
    UUID projectId,
    String name,
    String note,
    long version,
    long revision,
    @Nullable Instant valuedAt,
    @Nullable Integer rotateAfterDays,
    @Nullable Instant dueAt,
    @Nullable Instant deletedAt,
    Instant createdAt,
    Instant changedAt,
    @Nullable Reference reference) {}
