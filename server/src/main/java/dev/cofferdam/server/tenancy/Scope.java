package dev.cofferdam.server.tenancy;

import java.util.HexFormat;
import java.util.UUID;

/**
 * For whom a statement runs. Exactly one scope is bound while any statement of the application
 * runs.
 */
public sealed interface Scope {

  /**
   * The scope as the database carries it: {@code t_} or {@code p_} and a UUID in 32 hex digits, or
   * {@code x_} and a purpose. Two scopes see the same rows exactly when this text is equal.
   */
  String carried();

  /** One tenant's rows. */
  record OfTenant(TenantId tenant, Placement placement) implements Scope {
    @Override
    public String carried() {
      return "t_" + hex(tenant.value());
    }
  }

  /** One person's rows, across that person's tenants. */
  record OfPerson(PersonId person) implements Scope {
    @Override
    public String carried() {
      return "p_" + hex(person.value());
    }
  }

  /** The platform's own rows, for one purpose. */
  record OfPlatform(Purpose purpose) implements Scope {
    @Override
    public String carried() {
      return "x_" + purpose.name();
    }
  }

  /** A UUID without its dashes, as identifiers and the carrying setting need it. */
  static String hex(UUID id) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(id.getMostSignificantBits())
        + hex.toHexDigits(id.getLeastSignificantBits());
  }
}
