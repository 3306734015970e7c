package dev.cofferdam.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AssuranceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void aWeakerSignInIsNotEnoughAndAStrongerOneIs() {
    assertThat(met(Assurance.MULTI_FACTOR, AcrClass.SINGLE_FACTOR, Duration.ZERO)).isFalse();
    assertThat(met(Assurance.MULTI_FACTOR, AcrClass.MULTI_FACTOR, Duration.ZERO)).isTrue();
    assertThat(met(Assurance.MULTI_FACTOR, AcrClass.PHISHING_RESISTANT, Duration.ZERO)).isTrue();
  }

  @Test
  void ageMattersOnlyWhereItIsDeclaredAndTheBoundaryIsEnough() {
    Duration most = Duration.ofMinutes(5);
    assertThat(met(Assurance.SIGNED_IN, AcrClass.SINGLE_FACTOR, Duration.ofDays(99))).isTrue();
    assertThat(met(Assurance.RECENT_MULTI_FACTOR, AcrClass.MULTI_FACTOR, most)).isTrue();
    assertThat(met(Assurance.RECENT_MULTI_FACTOR, AcrClass.MULTI_FACTOR, most.plusNanos(1)))
        .isFalse();
  }

  @Test
  void aSignInFromTheFutureIsNotRecent() {
    assertThat(met(Assurance.RECENT_MULTI_FACTOR, AcrClass.MULTI_FACTOR, Duration.ofNanos(-1)))
        .isFalse();
  }

  private static boolean met(Assurance required, AcrClass acr, Duration age) {
    return required.isMetBy(new SignIn(acr, NOW.minus(age)), NOW);
  }
}
