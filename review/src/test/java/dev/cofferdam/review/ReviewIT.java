package dev.cofferdam.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.laboratory.Laboratory;
import dev.cofferdam.review.register.Layer;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.run.Runner;
import dev.cofferdam.review.verifier.Verifier;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole review, against the packaged server. */
final class ReviewIT {

  @Test
  void everyAttackIsRefusedAndEveryMutantIsSeen() {
    Plan plan = Plan.of(Register.shipped(), Attacks.all());

    try (Laboratory laboratory = Laboratory.open(Archives.builtIn(Path.of("..")))) {
      assertThat(plan.register().layers().values().stream().map(Layer::out))
          .filteredOn(Layer.InProcess.class::isInstance)
          .extracting(out -> ((Layer.InProcess) out).name())
          .isSubsetOf(laboratory.layers());
      assertThat(plan.register().layers().values().stream().map(Layer::out))
          .filteredOn(Layer.InVerifier.class::isInstance)
          .extracting(out -> ((Layer.InVerifier) out).name())
          .isSubsetOf(Verifier.layers());
      List<Result> results = new Runner(laboratory).run(plan, _ -> {});

      assertThat(results)
          .hasSize(plan.trials().size())
          .allSatisfy(
              result -> assertThat(result.findings()).as(result.trial().attack().id()).isEmpty());
    }
  }
}
