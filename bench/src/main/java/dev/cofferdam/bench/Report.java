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
        double reached = bar.figure().of(measurement);
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
    var text =
        new StringBuilder(
            "| | median/s | processor time of one, µs | median, ms | p99, ms | each round, /s |\n"
                + "|---|---|---|---|---|---|\n");
    for (Measurement measurement : measurements) {
      for (Contender contender : measurement.contest().contenders()) {
        String name = contender.name();
        String rounds =
            measurement.rounds(name, Turn::perSecond).stream()
                .map(figure -> line("%,.0f", figure).strip())
                .collect(Collectors.joining(" · "));
        text.append(
            line(
                "| %s: %s | %,.0f | %,.1f | %,.2f | %,.2f | %s |",
                measurement.contest().title(),
                name,
                measurement.median(name, Turn::perSecond),
                measurement.median(name, Turn::cpuMicros),
                measurement.median(name, Turn::medianMillis),
                measurement.median(name, Turn::p99Millis),
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
                    .noneMatch(
                        bar -> bar.verdict(bar.figure().of(measurement)) == Bar.Verdict.MISSED));
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments) + "\n";
  }
}
