package dev.cofferdam.server.tenancy;

import java.time.Instant;

/**
 * What a tenant's people see of it.
 *
 * @param version counts its changes
 */
public record TenantProfile(
    TenantId tenant, Slug slug, String name, TenantState state, long version, Instant createdAt) {}
