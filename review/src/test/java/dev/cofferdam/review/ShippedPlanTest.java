package dev.cofferdam.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.register.Half;
import dev.cofferdam.review.register.Posture;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.run.Plan;
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
  void nothingClaimsAnHttpHalfBeforeThereIsARoute() {
    assertThat(plan.register().threats())
        .allSatisfy(
            threat ->
                assertThat(threat.posture().active()).as(threat.id()).doesNotContain(Half.HTTP));
    assertThat(plan.register().threat("ISO-02").orElseThrow().posture().state())
        .isEqualTo(Posture.State.PARTIAL);
  }

  @Test
  void thePageOfTheThreatModelIsCurrent() throws IOException {
    assertThat(Files.readString(Path.of("../docs/threat-model.md")))
        .as("stale: run `./cofferdam review threat-model`")
        .isEqualTo(ThreatModel.page(plan));
  }
}
