package dev.cofferdam.review.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JudgementTest {

  @Test
  void anIndexIsNamedAloneOrInARange() {
    Judgement at = new Judgement(1, "tampered: something; the first divergence is at index 1,040");
    Judgement between =
        new Judgement(1, "tampered: x; the first divergence is between index 300 and 1,331");

    assertThat(at.names(1040)).isTrue();
    assertThat(at.names(40)).isFalse();
    assertThat(between.names(300)).isTrue();
    assertThat(between.names(1331)).isTrue();
    assertThat(between.names(299)).isFalse();
    assertThat(new Judgement(0, "clean: 1,040 records").names(1040)).isFalse();
  }
}
