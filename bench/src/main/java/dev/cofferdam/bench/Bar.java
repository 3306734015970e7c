package dev.cofferdam.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What must be reached: {@code subject} per second over {@code baseline} per second.
 *
 * @param what as the table of bars names it
 * @param baseline null where the subject's own figure is meant, per second: only where nothing can
 *     be put beside it
 * @param floor below it the run fails
 * @param goal what we want
 */
record Bar(String what, String subject, @Nullable String baseline, double floor, double goal) {

  Verdict verdict(double ratio) {
    if (ratio >= goal) {
      return Verdict.GOAL;
    }
    return ratio >= floor ? Verdict.FLOOR : Verdict.MISSED;
  }

  /** How a measured ratio stands to its bar. */
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
