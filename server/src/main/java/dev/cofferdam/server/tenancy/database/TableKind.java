package dev.cofferdam.server.tenancy.database;

/** Whose rows a table holds, and so which scope a statement needs to see them. */
public enum TableKind {
  /** One tenant's: column {@code tenant_id}. */
  TENANT,
  /** One person's, across tenants: column {@code person_id}. */
  PERSON,
  /** The platform's, for the purposes listed with the table. */
  PLATFORM,
  /** Nobody's: only the owner and its functions reach it. */
  INTERNAL
}
