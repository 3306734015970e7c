package dev.cofferdam.review.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private final List<Long> slept = new ArrayList<>();
  private long now = 1_000;

  private Pace of(double perSecond) {
    return new Pace(
        perSecond,
        () -> now,
        nanos -> {
          slept.add(nanos);
          now += nanos;
        });
  }

  @Test
  void soManyPassInASecondAndNoMoreAtOnce() {
    Pace pace = of(4);

    for (int n = 0; n < 5; n++) {
      pace.await();
    }
    assertThat(slept).containsExactly(250_000_000L, 250_000_000L, 250_000_000L, 250_000_000L);
  }

  @Test
  void whoeverWasIdleHasSavedNothing() {
    Pace pace = of(4);
    pace.await();
    now += Duration.ofSeconds(10).toNanos();

    pace.await();
    assertThat(slept).isEmpty();
    pace.await();
    assertThat(slept).containsExactly(250_000_000L);
  }
}
