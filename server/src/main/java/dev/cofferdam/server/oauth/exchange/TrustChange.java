package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;

/**
 * What became of a wish about an issuer or a rule.
 *
 * @param <V> the view of it
 */
public sealed interface TrustChange<V> {
  /** The view is of after the change, and of before a removal. */
  record Done<V>(Recorded<V> made) implements TrustChange<V> {}

  /** Why not. */
  sealed interface Refused<V> extends TrustChange<V> {
    /** How it is said, by the API and by pages. */
    default Refusal refusal() {
      return switch (this) {
        case Denied<V>(var reason) -> reason.refusal();
        case Unknown<V> unknown -> Refusal.notFound();
        case UnknownService<V> unknown -> Refusal.notFound();
        case Wrong<V>(var field) -> Refusal.invalid(field);
        case TooMany<V> many -> Refusal.of(ProblemCode.QUOTA_REACHED);
        case Weak<V> weak -> Refusal.stepUp(Assurance.RECENT_MULTI_FACTOR).because("assurance");
        case Ended<V> ended -> Refusal.of(ProblemCode.UNAUTHENTICATED);
      };
    }
  }

  record Denied<V>(Reason reason) implements Refused<V> {}

  /** There is no such issuer, or no such rule of it. */
  record Unknown<V>() implements Refused<V> {}

  /** No rule makes the service that another is to make too. */
  record UnknownService<V>() implements Refused<V> {}

  /** A field, as the API calls it, cannot have that value here. */
  record Wrong<V>(String field) implements Refused<V> {}

  /** There are as many as there may be. */
  record TooMany<V>() implements Refused<V> {}

  /** The person must sign in again first. */
  record Weak<V>() implements Refused<V> {}

  /** The session ended meanwhile. */
  record Ended<V>() implements Refused<V> {}
}
