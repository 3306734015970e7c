package dev.cofferdam.review.signoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.RecordedRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a laboratory's sign-off is worth where nothing can be taken out. */
final class SeenElsewhereTest {
  private static final String DIGEST = "ab".repeat(32);

  private static SeenElsewhere in(RecordedRun run, Subject now) {
    return SeenElsewhere.in(run.signOff(), DIGEST, "reviewer", now);
  }

  @Test
  void anAttackCountsAsSeenWhenEveryMutantOfItWas() {
    SeenElsewhere seen = in(new RecordedRun().surviving("EDG-04"), RecordedRun.subject("the code"));

    assertThat(seen.attacks())
        .contains("ISO-01.reads", "EDG-02.origins")
        .doesNotContain(RecordedRun.first("EDG-04").attack().id());
    assertThat(seen.told()).contains("reviewer", DIGEST.substring(0, 16));
  }

  @Test
  void ofOtherCodeOrPoliciesNothingCounts() {
    Subject same = RecordedRun.subject("the code");
    Subject other = RecordedRun.subject("other code");
    Subject otherPolicies =
        new Subject(
            same.code(), same.configuration(), other.policies(), same.register(), same.review());

    assertThat(in(new RecordedRun(), other).attacks()).isEmpty();
    assertThat(in(new RecordedRun(), other).told()).contains("other code");
    assertThat(in(new RecordedRun(), otherPolicies).attacks()).isEmpty();
    assertThat(in(new RecordedRun(), otherPolicies).told()).contains("other policies");
  }

  @Test
  void aDeploymentHasSeenNoMutant() {
    RecordedRun deployed =
        new RecordedRun()
            .deployed(new Deployed("review-1", 9, 0, List.of(), "server", "none", List.of()));

    assertThat(in(deployed, RecordedRun.subject("the code")).attacks()).isEmpty();
  }
}
