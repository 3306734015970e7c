package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.token.TokenView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token, without what it is shown by.
 *
 * @param serviceId whose it is; absent for one's own
 * @param role what the service is in the tenant; absent for one's own, whose role counts
 * @param usedAt to half a minute; absent before the first time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenBody(
    UUID id,
    String label,
    List<String> scopes,
    @Nullable UUID serviceId,
    @Nullable String role,
    UUID madeBy,
    Instant createdAt,
    @Nullable Instant usedAt,
    Instant expiresAt) {

  static TokenBody of(TokenView view) {
    return new TokenBody(
        view.id().value(),
        view.label(),
        view.scopes(),
        view.service().map(one -> one.id().value()).orElse(null),
        view.service().map(one -> Names.of(one.role())).orElse(null),
        view.madeBy().value(),
        view.createdAt(),
        view.usedAt().orElse(null),
        view.expiresAt());
  }
}
