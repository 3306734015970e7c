package dev.cofferdam.server.surface;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes ids: UUIDv7 (RFC 9562 section 5.7), which sort by the millisecond and hold 74 random bits.
 * They are names, and no secrets. Safe for use by many threads.
 */
public final class Ids {
  private final Clock clock;
  private final SecureRandom random;

  public Ids(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  public UUID next() {
    long high = clock.millis() << 16 | 0x7000 | random.nextInt(1 << 12);
    long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
    return new UUID(high, low);
  }
}
