package dev.cofferdam.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.register.Half;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.SlowTrials;
import dev.cofferdam.review.run.ThreatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ShippedPlanTest {
  private final Plan plan = Plan.of(Register.shipped(), Attacks.all());

  @Test
  void everyActiveThreatIsAttackedAndEveryAttackHasAMutant() {
    assertThat(plan.register().threats().filter(threat -> !threat.posture().active().isEmpty()))
        .isNotEmpty()
        .allSatisfy(
            threat ->
                assertThat(plan.trials()).as(threat.id()).anyMatch(t -> t.threat().equals(threat)));
  }

  @Test
  void anHttpHalfIsClaimedExactlyWhereAnAttackComesOverHttp() {
    assertThat(plan.register().threats())
        .allSatisfy(
            threat ->
                assertThat(
                        plan.trials().stream()
                            .filter(trial -> trial.threat().equals(threat))
                            .anyMatch(trial -> trial.attack().isOverHttp()))
                    .as(threat.id())
                    .isEqualTo(threat.posture().active().contains(Half.HTTP)));
  }

  @Test
  void whatIsSaidToTakeLongIsThere() {
    assertThat(plan.trials())
        .extracting(Plan.Trial::name)
        .containsAll(SlowTrials.shipped().keySet());
  }

  @Test
  void thePageOfTheThreatModelIsCurrent() throws IOException {
    Path page = Path.of("../docs/threat-model.md");
    if (System.getProperty("write.docs") != null) {
      Files.writeString(page, ThreatModel.page(plan));
    }
    assertThat(Files.readString(page))
        .as("stale: run `./cofferdam review threat-model`")
        .isEqualTo(ThreatModel.page(plan));
  }
}
