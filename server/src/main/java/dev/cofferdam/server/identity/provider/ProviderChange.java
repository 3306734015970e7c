package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Recorded;

/** What became of a wish about a provider. */
public sealed interface ProviderChange {
  /** The view is of after the change, and of before a removal. */
  record Done(Recorded<ProviderView> provider) implements ProviderChange {}

  record Denied(Reason reason) implements ProviderChange {}

  /**
   * The caller has signed in at a provider of the tenant's own, which does not vouch for itself.
   */
  record OwnProvider() implements ProviderChange {}

  record Unknown() implements ProviderChange {}

  /** The tenant has one of this alias. */
  record AliasTaken() implements ProviderChange {}

  record TooMany() implements ProviderChange {}

  /** Nobody has signed in at it yet to see that it works. */
  record Untried() implements ProviderChange {}

  /** It is not at the version that the caller has read. */
  record Outdated() implements ProviderChange {}
}
