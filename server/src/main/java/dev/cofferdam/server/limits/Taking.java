package dev.cofferdam.server.limits;

import java.time.Duration;

/** What became of a request's wish to be let in. */
public sealed interface Taking {
  /** What the requester may be told of their own quota. */
  RateLimit rateLimit();

  /** It may go on. */
  record Taken(RateLimit rateLimit) implements Taking {}

  /**
   * It may not; nothing was done.
   *
   * @param by whose quota is used up
   * @param retryAfter until it is worth asking again
   */
  record Exhausted(RateLimit rateLimit, By by, Duration retryAfter) implements Taking {
    /** The value of {@code Retry-After}: whole seconds, at least one. */
    public long retryAfterSeconds() {
      return Math.max(1, RateLimit.seconds(retryAfter));
    }
  }
}
