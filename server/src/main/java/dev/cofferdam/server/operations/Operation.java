package dev.cofferdam.server.operations;

import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.TenantListing;
import dev.cofferdam.server.tenancy.TenantState;

/** What became of the wish to close a tenant, or to open it again. */
public sealed interface Operation {
  /** It is so now, and every server knows it within a second. */
  record Done(Recorded<TenantListing> tenant) implements Operation {}

  /** From where it is there is no such way. */
  record NoWay(TenantState from) implements Operation {}

  /** There is no such tenant. */
  record Unknown() implements Operation {}
}
