package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Slug;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantState;

/** A tenant as one of its members sees it in the list of their own. */
public record WorkspaceView(
    TenantId tenant, Slug slug, String name, TenantState state, Role role) {}
