package dev.cofferdam.server.limits;

import java.time.Duration;

/**
 * What a requester may be told of a quota, in the fields of draft-ietf-httpapi-ratelimit-headers.
 * It is always the requester's own: the state of a bucket that is shared with strangers tells of
 * them.
 *
 * @param policy the name of the limit
 * @param remaining what is left now
 * @param reset until the bucket is full
 */
public record RateLimit(String policy, Quota quota, long remaining, Duration reset) {
  /** The value of {@code RateLimit-Policy}. */
  public String policyField() {
    return "\"" + policy + "\";q=" + quota.amount() + ";w=" + quota.window().toSeconds();
  }

  /** The value of {@code RateLimit}. */
  public String field() {
    return "\"" + policy + "\";r=" + remaining + ";t=" + seconds(reset);
  }

  /** Whole seconds, rounded up, as HTTP has them. */
  static long seconds(Duration duration) {
    return duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
  }
}
