package dev.cofferdam.review.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Times as a busy machine gives them: a lot of noise, and some that are far off. */
final class RanksTest {
  private static final int SIZE = 60;

  private final Random random = new Random(7);

  private List<Long> times(long more) {
    return LongStream.range(0, SIZE)
        .map(
            n ->
                1_000_000
                    + more
                    + (long) Math.abs(random.nextGaussian() * 400_000)
                    + (random.nextInt(20) == 0 ? 50_000_000 : 0))
        .boxed()
        .toList();
  }

  @Test
  void chanceIsNotTakenForADifference() {
    for (int n = 0; n < 2_000; n++) {
      assertThat(Ranks.of(times(0), times(0)).isBeyondChance()).isFalse();
    }
  }

  @Test
  void aDifferenceIsSeenThroughTheNoiseWhicheverWayItGoes() {
    assertThat(Ranks.of(times(1_000_000), times(0)))
        .matches(Ranks::isBeyondChance)
        .matches(Ranks::isLonger);
    assertThat(Ranks.of(times(0), times(1_000_000)))
        .matches(Ranks::isBeyondChance)
        .matches(ranks -> !ranks.isLonger());
  }

  @Test
  void equalTimesAreAHalf() {
    assertThat(Ranks.of(List.of(1L, 1L), List.of(1L, 1L)).share()).isEqualTo(0.5);
  }
}
