package dev.cofferdam.server.tenancy;

/** What became of a wish for a new tenant. */
public sealed interface TenantCreation {
  /** The tenant is there and can be entered; also when the same request made it before. */
  record Created(TenantId tenant, Slug slug) implements TenantCreation {}

  /**
   * The tenant is there, and setting it up failed: the cause is in the log, and asking again with
   * the same id heals it.
   */
  record StillProvisioning(TenantId tenant, Slug slug) implements TenantCreation {}

  /** The tenant was created before, and is no longer in a state to be used. */
  record Closed(TenantId tenant, TenantState state) implements TenantCreation {}

  /** Another tenant has this slug, or one that could be taken for it. */
  record SlugTaken() implements TenantCreation {}

  /** The text cannot be any tenant's slug. */
  record SlugRefused(Slug.Refusal reason) implements TenantCreation {}

  /** The id belongs to a tenant with another slug. */
  record IdTaken() implements TenantCreation {}
}
