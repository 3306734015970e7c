package dev.cofferdam.review.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MovedClockTest {
  private final Clock clock = new MovedClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @AfterEach
  void right() {
    Switches.moveClock(Duration.ZERO);
  }

  @Test
  void itShowsTheRealTimeUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);

    Switches.moveClock(Duration.ofMinutes(-10));

    assertThat(clock.instant()).isEqualTo(Instant.EPOCH.minusSeconds(600));
    assertThat(clock.withZone(ZoneOffset.MAX).instant()).isEqualTo(clock.instant());
  }

  @Test
  void itStandsUntilItIsMovedAgain() {
    Instant still = Instant.EPOCH.plusSeconds(90);

    Switches.stopClock(still);

    assertThat(clock.instant()).isEqualTo(still);
    Switches.moveClock(Duration.ZERO);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
  }
}
