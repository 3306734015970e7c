package dev.cofferdam.server.rotation;

import dev.cofferdam.server.surface.Recorded;

/** What came of an operator's word about a destruction. */
public sealed interface Consent {
  /** It stands, and is recorded. */
  record Given(Recorded<Destruction> destruction) implements Consent {}

  /** Whoever wished it cannot approve it. */
  record Own() implements Consent {}

  /** It is not in a state for that; or the same keys are to be destroyed already. */
  record NoWay() implements Consent {}

  /** There is no such destruction, or no purpose of which tenants have rings. */
  record Unknown() implements Consent {}
}
