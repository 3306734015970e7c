package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Slug;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantState;
import java.time.Instant;
import java.util.Optional;

/**
 * An invite as its code finds it, from outside its tenant.
 *
 * @param newest whether its newest letter has this code
 * @param inviterRole what who answers for it is in the tenant now
 */
record FoundInvite(
    TenantId tenant,
    Slug slug,
    String name,
    TenantState tenantState,
    InviteId id,
    byte[] addressSealed,
    Role role,
    String state,
    boolean newest,
    PersonId invitedBy,
    SessionId invitedIn,
    Optional<Role> inviterRole,
    Instant expiresAt) {}
