package dev.cofferdam.bench;

import java.util.Locale;

/**
 * What must be reached.
 *
 * @param what as the table of bars names it
 * @param floor short of it the run fails
 * @param goal what we want; where it is below the floor, less is better
 */
record Bar(String what, Figure figure, double floor, double goal) {

  /** What is compared. */
  @FunctionalInterface
  interface Figure {
    double of(Measurement measurement);
  }

  /** {@code subject} per second over {@code baseline} per second, within a round. */
  static Bar ratio(String what, String subject, String baseline, double floor, double goal) {
    return new Bar(
        what, measurement -> measurement.ratio(subject, baseline, Turn::perSecond), floor, goal);
  }

  /** {@code subject} per second: only where nothing can be put beside it. */
  static Bar rate(String what, String subject, double floor, double goal) {
    return new Bar(what, measurement -> measurement.median(subject, Turn::perSecond), floor, goal);
  }

  /** Within how many milliseconds 99 of 100 operations of {@code subject} are done. */
  static Bar p99(String what, String subject, double floor, double goal) {
    return new Bar(what, measurement -> measurement.median(subject, Turn::p99Millis), floor, goal);
  }

  /** How many times as long 99 of 100 operations of {@code subject} take as {@code baseline}'s. */
  static Bar slowdown(String what, String subject, String baseline, double floor, double goal) {
    return new Bar(
        what, measurement -> measurement.ratio(subject, baseline, Turn::p99Millis), floor, goal);
  }

  Verdict verdict(double figure) {
    double sign = goal < floor ? -1 : 1;
    if (sign * figure >= sign * goal) {
      return Verdict.GOAL;
    }
    return sign * figure >= sign * floor ? Verdict.FLOOR : Verdict.MISSED;
  }

  /** How a measured figure stands to its bar. */
  enum Verdict {
    GOAL,
    FLOOR,
    MISSED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
