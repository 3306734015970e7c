package dev.cofferdam.server.identity.emergency;

import dev.cofferdam.server.identity.SessionHandle;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** What became of the wish to break the glass. */
public sealed interface EmergencyOpening {
  /**
   * The operator reads there now, in another session than before.
   *
   * @param handle of that session, for {@link dev.cofferdam.server.identity.SessionCookie#of}
   */
  record Opened(SessionHandle handle, Recorded<EmergencyView> emergency)
      implements EmergencyOpening {}

  /** Why not. */
  sealed interface Refused extends EmergencyOpening {
    /** How it is said, by the API and by pages. */
    default Refusal refusal() {
      return switch (this) {
        case Already already -> Refusal.of(ProblemCode.CONFLICT);
        case Weak weak -> Refusal.stepUp(Assurance.RECENT_MULTI_FACTOR).because("assurance");
        case Closed(String state) -> Refusal.of(ProblemCode.TENANT_CLOSED).because(state);
        case Unknown unknown -> Refusal.notFound();
        case Ended ended -> Refusal.of(ProblemCode.UNAUTHENTICATED);
      };
    }
  }

  /** The operator has one there that is not over. */
  record Already() implements Refused {}

  /** The operator must sign in again first. */
  record Weak() implements Refused {}

  /** Nobody enters the tenant now. */
  record Closed(String state) implements Refused {}

  /** There is no such tenant. */
  record Unknown() implements Refused {}

  /** The session ended meanwhile. */
  record Ended() implements Refused {}
}
