package dev.cofferdam.server.limits;

import java.time.Duration;

/** Where the buckets are. Safe for use by many threads. */
interface Buckets {
  /**
   * Whose bucket, and of which limit.
   *
   * @param who the id or the network that is counted
   */
  record Key(String limit, By by, String who) {}

  /**
   * What one draw found.
   *
   * @param retryAfter until the same draw could succeed; zero when it did
   * @param reset until the bucket is full
   */
  record Draw(boolean taken, long remaining, Duration retryAfter, Duration reset) {}

  /** Takes {@code tokens} from a bucket, or none. */
  Draw draw(Key key, Quota quota, long tokens);
}
