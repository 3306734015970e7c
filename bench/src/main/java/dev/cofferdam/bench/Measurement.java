package dev.cofferdam.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a contest gave.
 *
 * @param perSecond operations a second by contender, one figure for each round, in the order of the
 *     rounds
 */
record Measurement(Contest contest, Map<String, List<Double>> perSecond) {
  Measurement {
    perSecond = new LinkedHashMap<>(perSecond);
  }

  /** The median over rounds of what {@code contender} did in a second. */
  double median(String contender) {
    return median(rounds(contender));
  }

  /** The median over rounds of the ratio within the round. */
  double ratio(String subject, String baseline) {
    List<Double> above = rounds(subject);
    List<Double> below = rounds(baseline);
    return median(
        IntStream.range(0, above.size())
            .mapToObj(round -> above.get(round) / below.get(round))
            .toList());
  }

  /** What is compared with the floor and the goal of {@code bar}. */
  double reached(Bar bar) {
    String baseline = bar.baseline();
    return baseline == null ? median(bar.subject()) : ratio(bar.subject(), baseline);
  }

  /** What {@code contender} did in a second, round by round. */
  List<Double> rounds(String contender) {
    return Objects.requireNonNull(perSecond.get(contender), contender);
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
