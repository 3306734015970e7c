package dev.cofferdam.review.agent;

import java.util.concurrent.locks.LockSupport;

/**
 * A comparison that ends at the first byte that differs, as {@code Arrays.equals} does. Each byte
 * takes a millisecond instead of a nanosecond: what ten million requests would show over a network,
 * a few show so.
 */
public final class Comparisons {
  private static final long BYTE_NANOS = 1_000_000;

  private Comparisons() {}

  /** Called by woven code with key, access, message and the code that somebody sent. */
  public static void byteByByte(Object[] given) {
    byte[] right =
        (byte[])
            Reflected.callStatic(
                Reflected.type("dev.cofferdam.protocol.crypto.Hmac"),
                "of",
                given[0],
                given[1],
                given[2]);
    byte[] sent = (byte[]) given[3];
    for (int i = 0; i < right.length && i < sent.length && right[i] == sent[i]; i++) {
      LockSupport.parkNanos(BYTE_NANOS);
    }
  }
}
