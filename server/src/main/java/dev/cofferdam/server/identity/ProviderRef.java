package dev.cofferdam.server.identity;

import dev.cofferdam.server.tenancy.TenantId;

/** A tenant's own identity provider, and whose it is. */
public record ProviderRef(TenantId tenant, ProviderId id) {}
