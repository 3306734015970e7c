package dev.cofferdam.server.identity.emergency;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Recorded;

/** What became of an owner's wish that an operator reads no more. */
public sealed interface EmergencyEnding {
  record Ended(Recorded<EmergencyView> emergency) implements EmergencyEnding {}

  /** There is none such, or it was over. */
  record Unknown() implements EmergencyEnding {}

  record Denied(Reason reason) implements EmergencyEnding {}
}
