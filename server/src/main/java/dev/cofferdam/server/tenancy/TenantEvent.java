package dev.cofferdam.server.tenancy;

import java.time.Instant;

/**
 * Something that happened to a tenant. Published on the thread and inside the transaction that did
 * it: a listener that throws undoes it.
 */
public sealed interface TenantEvent {
  /** Which tenant. */
  TenantId tenant();

  /** When, by the platform's clock. */
  Instant at();

  /** A tenant was created; it is active now, or being set up. */
  record TenantCreated(TenantId tenant, Slug slug, String name, Instant at)
      implements TenantEvent {}

  /** A tenant that was being set up can be entered. */
  record TenantActivated(TenantId tenant, Instant at) implements TenantEvent {}

  /**
   * The operator closed a tenant.
   *
   * @param reason as its people are told, or empty
   */
  record TenantSuspended(TenantId tenant, String reason, Instant at) implements TenantEvent {}

  /**
   * The operator opened a tenant again.
   *
   * @param reason as its people are told, or empty
   */
  record TenantResumed(TenantId tenant, String reason, Instant at) implements TenantEvent {}

  /** The destruction of a tenant's data began. */
  record TenantDeletionStarted(TenantId tenant, Instant at) implements TenantEvent {}

  /** A tenant's data are gone. */
  record TenantDeleted(TenantId tenant, Instant at) implements TenantEvent {}
}
