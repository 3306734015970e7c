package dev.cofferdam.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a contest gave.
 *
 * @param turns by contender, one for each round, in the order of the rounds
 */
record Measurement(Contest contest, Map<String, List<Turn>> turns) {
  Measurement {
    turns = new LinkedHashMap<>(turns);
  }

  /** The median over rounds of a figure of {@code contender}. */
  double median(String contender, ToDoubleFunction<Turn> figure) {
    return median(rounds(contender, figure));
  }

  /** The median over rounds of the ratio of a figure within the round. */
  double ratio(String subject, String baseline, ToDoubleFunction<Turn> figure) {
    List<Double> above = rounds(subject, figure);
    List<Double> below = rounds(baseline, figure);
    return median(
        IntStream.range(0, above.size())
            .mapToObj(round -> above.get(round) / below.get(round))
            .toList());
  }

  /** A figure of {@code contender}, round by round. */
  List<Double> rounds(String contender, ToDoubleFunction<Turn> figure) {
    return Objects.requireNonNull(turns.get(contender), contender).stream()
        .map(figure::applyAsDouble)
        .toList();
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
