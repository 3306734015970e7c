package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.SessionView;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as its person sees it.
 *
 * @param current whether it is the one that asks
 * @param operator whether one acts as an operator of the platform in it
 * @param tenantId of its workspace; or the one that an operator reads in with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionBody(
    UUID id,
    boolean current,
    boolean operator,
    @Nullable UUID tenantId,
    String acr,
    Instant authTime,
    String address,
    String agent,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt) {

  static SessionBody of(SessionView session, Caller.SignedIn caller) {
    return new SessionBody(
        session.id().value(),
        session.id().equals(caller.session()),
        session.operator(),
        session.workspace().map(TenantId::value).orElse(null),
        Names.of(session.signIn().acr()),
        session.signIn().at(),
        session.address().getHostAddress(),
        session.agent(),
        session.createdAt(),
        session.seenAt(),
        session.expiresAt());
  }
}
