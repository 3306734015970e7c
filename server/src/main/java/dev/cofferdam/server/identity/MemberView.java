package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;

/**
 * A person in a tenant.
 *
 * @param version counts the changes of this membership
 * @param ownProvider whether only a provider of the tenant's own knows them
 */
public record MemberView(
    PersonId person,
    Role role,
    long version,
    Instant joinedAt,
    Instant changedAt,
    boolean ownProvider) {}
