package dev.cofferdam.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.run.Plan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * A part of the review that takes little time: of every family of threats an attack or two with
 * their mutants, and of layers every kind that there is; none that judges by time, since others
 * play beside it. The whole is {@link WholeReviewIT}'s.
 */
@DisabledIfSystemProperty(named = "test.whole", matches = "true")
final class ReviewIT {
  private static final List<String> PART =
      List.of(
          "ADM-01.fields",
          "ADM-01.no-reason",
          "AUD-04.owner-rows",
          "AUD-05.astray",
          "AUD-08.other-record",
          "EDG-04.rebinding",
          "EDG-06.weak-suite",
          "EGR-01.rebinding",
          "IDN-01.bearer",
          "IDN-12.elsewhere",
          "INV-06.last",
          "ISO-02.union",
          "ISO-03.suspended",
          "ISO-05.handed-over",
          "KEY-04.shared",
          "KEY-05.moved-key",
          "LIM-01.tenant",
          "NOD-01.ended",
          "OPS-02.code",
          "SEC-05.other-secret",
          "SEC-06.at-once",
          "STP-01.token",
          "SUP-02.exchanged");

  @Test
  void ofEveryFamilyAnAttackIsRefusedAndItsMutantIsSeen() {
    Plan whole = Plan.of(Register.shipped(), Attacks.all());
    Plan part = whole.only(PART);
    assertThat(families(part)).containsExactlyInAnyOrderElementsOf(families(whole).toList());
    System.out.printf(
        "left out: %d of %d mutants of the review, with their attacks%n",
        whole.trials().size() - part.trials().size(), whole.trials().size());

    PlayedReview.holds(part, 1);
  }

  private static Stream<String> families(Plan plan) {
    return plan.trials().stream().map(trial -> trial.threat().id().split("-")[0]).distinct();
  }
}
