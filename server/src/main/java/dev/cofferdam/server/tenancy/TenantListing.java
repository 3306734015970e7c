package dev.cofferdam.server.tenancy;

import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import java.time.Instant;
import java.util.Optional;

/**
 * All that whoever runs the platform sees of a tenant. Nothing that its people keep in it, and no
 * number that tells how many they are or how busy.
 *
 * @param placement where its rows are
 * @param placementFailure the migration that failed in its own schema, and how
 * @param changedAt when its name or state last changed
 */
public record TenantListing(
    TenantId tenant,
    Slug slug,
    String name,
    TenantState state,
    WantedPlacement placement,
    Optional<String> placementFailure,
    Instant createdAt,
    Instant changedAt) {}
