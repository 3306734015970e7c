package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Slug;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;

/**
 * What whoever it was sent to sees of an invite.
 *
 * @param inviter how who answers for it is called
 */
public record Invitation(
    TenantId tenant, Slug slug, String name, Role role, Profile inviter, Instant expiresAt) {}
