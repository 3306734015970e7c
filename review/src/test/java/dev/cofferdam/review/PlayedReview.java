package dev.cofferdam.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.laboratory.Laboratories;
import dev.cofferdam.review.laboratory.Laboratory;
import dev.cofferdam.review.register.Layer;
import dev.cofferdam.review.run.Plan;
import dev.cofferdam.review.run.Result;
import dev.cofferdam.review.run.Runner;
import dev.cofferdam.review.verifier.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A review, or a part of one, played against the packaged server. */
final class PlayedReview {
  private static final int MOST = 400;

  private PlayedReview() {}

  /**
   * Plays {@code plan}, and fails with every finding by name.
   *
   * @param most laboratories, however many processors there are
   */
  static void holds(Plan plan, int most) {
    try (Laboratories laboratories = Laboratories.open(Archives.builtIn(Path.of("..")), most)) {
      Laboratory laboratory = laboratories.any();
      assertThat(plan.register().layers().values().stream().map(Layer::out))
          .filteredOn(Layer.InProcess.class::isInstance)
          .extracting(out -> ((Layer.InProcess) out).name())
          .isSubsetOf(laboratory.layers());
      assertThat(plan.register().layers().values().stream().map(Layer::out))
          .filteredOn(Layer.InVerifier.class::isInstance)
          .extracting(out -> ((Layer.InVerifier) out).name())
          .isSubsetOf(Verifier.layers());
      List<Result> results = new Runner(laboratories.all()).run(plan, _ -> {});

      assertThat(results).hasSize(plan.trials().size());
      List<String> findings = results.stream().flatMap(PlayedReview::told).toList();
      if (!findings.isEmpty()) {
        fail(
            findings.size() + " findings, " + brief(findings) + "\n" + String.join("\n", findings));
      }
    }
  }

  private static Stream<String> told(Result result) {
    String trial =
        result.trial().attack().id() + " (" + String.join(", ", result.trial().mutant().layers());
    return result.findings().stream().map(finding -> trial + ") " + finding);
  }

  /** In one line, as whoever sums up a run shows no more of it. */
  private static String brief(List<String> findings) {
    return findings.stream()
        .map(finding -> finding.replaceAll("\\s+", " "))
        .map(line -> line.length() > MOST ? line.substring(0, MOST) + "…" : line)
        .collect(Collectors.joining(" | "));
  }
}
