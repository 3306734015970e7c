package dev.cofferdam.server.tenancy;

/** What became of a wish to move a tenant on in its life. */
public sealed interface TenantChange {
  /** It is there now. */
  record Changed(TenantState state) implements TenantChange {}

  /** It was there already. */
  record Already(TenantState state) implements TenantChange {}

  /** There is no such way from where it is. */
  record NoWay(TenantState from, TenantState to) implements TenantChange {}

  /** There is no such tenant. */
  record Unknown() implements TenantChange {}
}
