package dev.cofferdam.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables of a run, in Markdown: readable on a terminal as they are. */
final class Report {
  private Report() {}

  /** What was reached against the bars, the losses named as such. */
  static String ratios(List<Measurement> measurements) {
    var text = new StringBuilder("| what | reached | floor | goal | |\n|---|---|---|---|---|\n");
    for (Measurement measurement : measurements) {
      for (Bar bar : measurement.contest().bars()) {
        double reached = measurement.reached(bar);
        text.append(
            line(
                "| %s | %,.2f | %,.2f | %,.2f | %s |",
                bar.what(), reached, bar.floor(), bar.goal(), bar.verdict(reached)));
      }
    }
    return text.toString();
  }

  /** Every figure of every round. */
  static String raw(List<Measurement> measurements) {
    var text = new StringBuilder("| | median/s | each round, /s |\n|---|---|---|\n");
    for (Measurement measurement : measurements) {
      for (Contender contender : measurement.contest().contenders()) {
        String rounds =
            measurement.rounds(contender.name()).stream()
                .map(figure -> line("%,.0f", figure).strip())
                .collect(Collectors.joining(" · "));
        text.append(
            line(
                "| %s: %s | %,.0f | %s |",
                measurement.contest().title(),
                contender.name(),
                measurement.median(contender.name()),
                rounds));
      }
    }
    return text.toString();
  }

  /** Whether every bar's floor is reached. */
  static boolean floorsReached(List<Measurement> measurements) {
    return measurements.stream()
        .allMatch(
            measurement ->
                measurement.contest().bars().stream()
                    .noneMatch(bar -> bar.verdict(measurement.reached(bar)) == Bar.Verdict.MISSED));
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments) + "\n";
  }
}
