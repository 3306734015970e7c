package dev.cofferdam.review.signoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.attack.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RiskTest {
  @Test
  void whoNeedsLeastCounts() {
    assertThat(Risk.likelihood(List.of(Identity.DATABASE_ADMIN, Identity.NOBODY))).isEqualTo(3);
    assertThat(Risk.likelihood(List.of(Identity.INJECTION, Identity.HOST))).isEqualTo(2);
    assertThat(Risk.likelihood(List.of(Identity.PLATFORM_OPERATOR))).isEqualTo(1);
    assertThat(Risk.likelihood(List.of())).isZero();
  }

  @Test
  void theProductIsTheRisk() {
    assertThat(Risk.inherent(3, 3)).isEqualTo(Level.CRITICAL);
    assertThat(Risk.inherent(2, 3)).isEqualTo(Level.HIGH);
    assertThat(Risk.inherent(2, 2)).isEqualTo(Level.MEDIUM);
    assertThat(Risk.inherent(1, 3)).isEqualTo(Level.MEDIUM);
    assertThat(Risk.inherent(1, 2)).isEqualTo(Level.LOW);
    assertThat(Risk.inherent(0, 3)).isEqualTo(Level.UNRATED);
  }

  @Test
  void eachLayerThatHoldsByItselfIsAStepAndNothingElseIs() {
    assertThat(Risk.residual(Level.CRITICAL, Shown.HELD, 1)).isEqualTo(Level.MEDIUM);
    assertThat(Risk.residual(Level.CRITICAL, Shown.HELD, 2)).isEqualTo(Level.LOW);
    assertThat(Risk.residual(Level.CRITICAL, Shown.HELD, 9)).isEqualTo(Level.LOW);
    assertThat(Risk.residual(Level.CRITICAL, Shown.HELD_IN_PART, 3)).isEqualTo(Level.CRITICAL);
    assertThat(Risk.residual(Level.HIGH, Shown.ACCEPTED, 3)).isEqualTo(Level.HIGH);
    assertThat(Risk.residual(Level.HIGH, Shown.DEFERRED, 3)).isEqualTo(Level.UNRATED);
  }

  @Test
  void aFamilyThatNobodyHasRatedIsTakenForTheWorst() {
    assertThat(Risk.impact("XYZ-01")).isEqualTo(3);
    assertThat(Risk.impact("LIM-01")).isEqualTo(1);
  }
}
