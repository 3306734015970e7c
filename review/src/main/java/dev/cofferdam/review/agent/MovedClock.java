package dev.cofferdam.review.agent;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The server's own clock, moved or stopped as the laboratory says. */
public final class MovedClock extends Clock {
  private final Clock real;

  public MovedClock(Clock real) {
    this.real = real;
  }

  @Override
  public ZoneId getZone() {
    return real.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new MovedClock(real.withZone(zone));
  }

  @Override
  public Instant instant() {
    return Switches.now(real.instant());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MovedClock moved && moved.real.equals(real);
  }

  @Override
  public int hashCode() {
    return real.hashCode();
  }
}
