package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RefusedException;
import dev.cofferdam.server.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final Backlog backlog = new Backlog(clock, Duration.ofMinutes(1));

  @Test
  void changesAreRefusedWhileRecordsHaveWaitedForTooLong() {
    backlog.seen(clock.instant());
    clock.advance(Duration.ofSeconds(60));
    assertThatCode(backlog::requireBearable).doesNotThrowAnyException();

    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(backlog::requireBearable)
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().code()).isEqualTo(ProblemCode.AUDIT_UNAVAILABLE));

    backlog.seen(Instant.MAX);
    assertThat(backlog.lag()).isZero();
    assertThatCode(backlog::requireBearable).doesNotThrowAnyException();
  }
}
