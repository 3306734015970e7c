package dev.cofferdam.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00.123Z"));
  private final Ids ids = new Ids(clock, new SecureRandom());

  @Test
  void areOfVersion7AndSortByTime() {
    UUID first = ids.next();
    clock.advance(Duration.ofMillis(1));
    UUID second = ids.next();

    assertThat(first.version()).isEqualTo(7);
    assertThat(first.variant()).isEqualTo(2);
    assertThat(first.getMostSignificantBits() >>> 16).isEqualTo(clock.millis() - 1);
    assertThat(first.toString()).isLessThan(second.toString());
  }

  @Test
  void differWithinOneMillisecond() {
    Set<UUID> made = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(ids.next());
    }
    assertThat(made).hasSize(10_000);
  }
}
