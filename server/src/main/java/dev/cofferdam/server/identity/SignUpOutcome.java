package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Slug;

/** What became of the wish for a tenant of one's own. */
public sealed interface SignUpOutcome {
  /** It is there, and the person is its owner. */
  record Founded(Recorded<NewTenant> tenant) implements SignUpOutcome {}

  /** Another tenant has this slug, or one that could be taken for it. */
  record SlugTaken() implements SignUpOutcome {}

  /** The founder's address is of a domain that founds no tenants, or is not vouched for. */
  record AddressNotAllowed() implements SignUpOutcome {}

  /** The founder owns as many tenants as one person may. */
  record TooMany() implements SignUpOutcome {}

  /** The text cannot be any tenant's slug. */
  record SlugRefused(Slug.Refusal reason) implements SignUpOutcome {}
}
