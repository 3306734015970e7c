package dev.cofferdam.server.oauth.service;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** What became of a wish about a client. */
public sealed interface ServiceClientChange {
  /** There is a new one. */
  record Made(Recorded<ServiceClientView> client) implements ServiceClientChange {}

  /** It has these keys now, and no others. */
  record Exchanged(Recorded<ServiceClientView> client) implements ServiceClientChange {}

  /** It is gone; the view is of before. */
  record Ended(Recorded<ServiceClientView> client) implements ServiceClientChange {}

  /** Why not. */
  sealed interface Refused extends ServiceClientChange {
    /** How it is said. */
    default Refusal refusal() {
      return switch (this) {
        case Denied(var reason) -> reason.refusal();
        case Unknown unknown -> Refusal.notFound();
        case TooMany many -> Refusal.of(ProblemCode.QUOTA_REACHED);
        case Weak weak -> Refusal.stepUp(Assurance.RECENT_MULTI_FACTOR).because("assurance");
        case SignedOut out -> Refusal.of(ProblemCode.UNAUTHENTICATED);
      };
    }
  }

  record Denied(Reason reason) implements Refused {}

  /** There is no such client. */
  record Unknown() implements Refused {}

  /** There are as many as there may be. */
  record TooMany() implements Refused {}

  /** The person must sign in again first. */
  record Weak() implements Refused {}

  /** The session ended meanwhile. */
  record SignedOut() implements Refused {}
}
