package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.tenancy.TenantId;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as its person sees it.
 *
 * @param workspace the tenant that it works in, or that an operator reads in with it
 * @param operator whether one acts as an operator of the platform in it
 * @param address where it began
 * @param agent what the browser said that it was, or empty
 * @param seenAt its last request, give or take half a minute
 */
public record SessionView(
    SessionId id,
    Optional<TenantId> workspace,
    SignIn signIn,
    boolean operator,
    InetAddress address,
    String agent,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt) {}
