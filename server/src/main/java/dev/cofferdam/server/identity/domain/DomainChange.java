package dev.cofferdam.server.identity.domain;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Recorded;

/** What became of a wish about a domain. */
public sealed interface DomainChange {
  /**
   * It is claimed, was looked at, or is gone: the view is of after a look, and before a removal.
   */
  record Done(Recorded<DomainView> domain) implements DomainChange {}

  record Denied(Reason reason) implements DomainChange {}

  /** The tenant has no such claim. */
  record Unknown() implements DomainChange {}

  /** The tenant has claimed this one already. */
  record ClaimedBefore() implements DomainChange {}

  /** The tenant has as many claims as there may be. */
  record TooMany() implements DomainChange {}
}
