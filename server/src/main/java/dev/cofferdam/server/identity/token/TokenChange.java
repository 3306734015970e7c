package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/** What became of a wish about a token. */
public sealed interface TokenChange {
  /**
   * There is a new one.
   *
   * @param secret to be shown now and never again
   */
  record Made(Recorded<TokenView> token, BearerToken secret) implements TokenChange {}

  /** It is gone; the view is of before. */
  record Revoked(Recorded<TokenView> token) implements TokenChange {}

  /** Why not. */
  sealed interface Refused extends TokenChange {
    /** How it is said, by the API and by pages. */
    default Refusal refusal() {
      return switch (this) {
        case Denied(var reason) -> reason.refusal();
        case Unknown unknown -> Refusal.notFound();
        case TooLong tooLong -> Refusal.invalid("expires_in_days");
        case TooMany many -> Refusal.of(ProblemCode.QUOTA_REACHED);
        case Weak weak -> Refusal.stepUp(Assurance.RECENT_MULTI_FACTOR).because("assurance");
        case Ended ended -> Refusal.of(ProblemCode.UNAUTHENTICATED);
      };
    }
  }

  record Denied(Reason reason) implements Refused {}

  /** There is no such token. */
  record Unknown() implements Refused {}

  /** Good for longer than tokens are. */
  record TooLong() implements Refused {}

  /** There are as many as there may be. */
  record TooMany() implements Refused {}

  /** The person must sign in again first. */
  record Weak() implements Refused {}

  /** The session ended meanwhile. */
  record Ended() implements Refused {}
}
