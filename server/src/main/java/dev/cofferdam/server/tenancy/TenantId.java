package dev.cofferdam.server.tenancy;

import java.util.Objects;
import java.util.UUID;

/**
 * The identifier of a tenant: a UUIDv7, so that ids sort by time and tell nothing of other tenants'
 * number.
 */
public record TenantId(UUID value) {
  public TenantId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
