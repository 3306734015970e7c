package dev.cofferdam.review.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.attack.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private final Plan plan =
      Plan.of(Planned.register("ISO-01.reads", "policy"), List.of(Planned.attack("ISO-01.reads")));

  @Test
  void aGoodRunIsActiveAndGood() {
    Report report = report(new Verdict.Succeeded("canary"));

    assertThat(report.good()).isTrue();
    assertThat(report.postures()).containsEntry("ISO-01", "active");
    assertThat(report.markdown())
        .contains("Good: 1 mutants", "with all layers out: succeeded, canary");
    assertThat(report.json()).contains("\"attack\" : \"ISO-01.reads\"");
  }

  @Test
  void aSurvivingMutantIsNamed() {
    Report report = report(new Verdict.Refused("denied"));

    assertThat(report.good()).isFalse();
    assertThat(report.postures()).containsEntry("ISO-01", "finding");
    assertThat(report.markdown()).contains("**Findings**", "**the mutant survives");
  }

  @Test
  void whatWasNotRunIsNotGood() {
    Report report = Report.of(plan, List.of(), List.of(), Instant.EPOCH, Duration.ZERO);

    assertThat(report.good()).isFalse();
    assertThat(report.postures()).containsEntry("ISO-01", "active, not run");
  }

  private Report report(Verdict allOut) {
    Result result =
        new Result(
            plan.trials().getFirst(),
            List.of(
                new Step(
                    new Step.State.Unchanged(),
                    new Verdict.Refused("denied"),
                    Duration.ofMillis(1)),
                new Step(new Step.State.AllOut(), allOut, Duration.ofMillis(1))));
    return Report.of(plan, List.of(), List.of(result), Instant.EPOCH, Duration.ofSeconds(2));
  }
}
