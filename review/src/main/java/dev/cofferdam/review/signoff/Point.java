package dev.cofferdam.review.signoff;

import java.util.Map;
import java.util.TreeMap;

/**
 * A whole run in a line, for the history.
 *
 * @param code the digest of what was attacked
 * @param shown how many threats were shown how, by {@link Shown#word}
 * @param mutants that were seen
 * @param findings that nobody answers for
 */
public record Point(
    String at,
    Conclusion verdict,
    String code,
    Map<String, Integer> shown,
    int mutants,
    int findings,
    long millis) {
  public Point {
    shown = Sorted.copy(shown);
  }

  /** A run in a line. */
  public static Point of(SignOff signOff) {
    Map<String, Integer> shown = new TreeMap<>();
    signOff.threats().forEach(threat -> shown.merge(threat.shown().word(), 1, Integer::sum));
    return new Point(
        signOff.run().at(),
        signOff.run().verdict(),
        signOff.subject().code().digest(),
        shown,
        (int) signOff.trials().stream().filter(TrialRow::isGood).count(),
        (int) signOff.findings().stream().filter(Finding::isOpen).count(),
        signOff.run().millis());
  }

  /** How many threats were shown so. */
  public int of(Shown how) {
    return shown.getOrDefault(how.word(), 0);
  }
}
