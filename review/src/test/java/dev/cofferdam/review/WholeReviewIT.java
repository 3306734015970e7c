package dev.cofferdam.review;

import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.run.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

/** The whole review: in whole runs alone, with the machine for itself. */
@Isolated
@EnabledIfSystemProperty(named = "test.whole", matches = "true")
final class WholeReviewIT {
  @Test
  void everyAttackIsRefusedAndEveryMutantIsSeen() {
    Plan plan = Plan.of(Register.shipped(), Attacks.all());

    PlayedReview.holds(plan, plan.trials().size());
  }
}
