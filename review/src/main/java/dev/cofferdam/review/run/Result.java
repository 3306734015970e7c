package dev.cofferdam.review.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of one trial. */
public record Result(Plan.Trial trial, List<Step> steps) {
  public Result {
    steps = List.copyOf(steps);
  }

  /** Whatever is wrong, in the order in which it was seen. Empty when the trial is good. */
  public List<String> findings() {
    return steps.stream().map(Step::finding).flatMap(Optional::stream).toList();
  }

  public boolean good() {
    return findings().isEmpty();
  }

  public Duration took() {
    return steps.stream().map(Step::took).reduce(Duration.ZERO, Duration::plus);
  }
}
