package dev.cofferdam.review.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.register.Mutant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final Plan one =
      Plan.of(Planned.register("ISO-01.reads", "policy"), List.of(Planned.attack("ISO-01.reads")));
  private final Plan.Trial quick = one.trials().getFirst();
  private final Plan.Trial slow =
      new Plan.Trial(quick.threat(), Planned.attack("ISO-01.writes"), quick.mutant());
  private Instant now = Instant.EPOCH;

  @Test
  void whatTookLongBeforeIsExpectedToTakeLongAgain() {
    Progress progress =
        new Progress(
            new Plan(one.register(), List.of(quick, slow)),
            Map.of("ISO-01.reads/policy", 1_000L, "ISO-01.writes/policy", 70_000L),
            clock());
    now = now.plus(Duration.ofSeconds(2));

    assertThat(progress.after(new Result(quick, List.of()))).isEqualTo("[1/2, 2:20 left]");
    assertThat(progress.after(new Result(slow, List.of()))).isEqualTo("[2/2, done]");
  }

  @Test
  void withoutAnEarlierRunAllAreExpectedToTakeTheSame() {
    Progress progress =
        new Progress(new Plan(one.register(), List.of(quick, slow)), Map.of(), clock());
    now = now.plus(Duration.ofSeconds(61));

    assertThat(progress.after(new Result(slow, List.of()))).isEqualTo("[1/2, 1:01 left]");
  }

  @Test
  void oneTrialOfAnAttackTakesLongerThanAnother() {
    Plan.Trial deeper =
        new Plan.Trial(
            quick.threat(), quick.attack(), new Mutant("ISO-01.reads", List.of("policy", "check")));
    Progress progress = new Progress(one, Map.of("ISO-01.reads/policy", 9_000L), clock());

    assertThat(progress.expected(quick)).isEqualTo(9_000);
    assertThat(progress.expected(deeper)).isEqualTo(5_000);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }
}
