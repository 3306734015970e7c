package dev.cofferdam.server.surface;

import dev.cofferdam.server.tenancy.TenantId;
import java.util.Objects;

/** The tenant that a session works in, and what its person is there. */
public record Workspace(TenantId tenant, Role role) {
  public Workspace {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(role, "role");
  }
}
