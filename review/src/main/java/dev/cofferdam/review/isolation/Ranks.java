package dev.cofferdam.review.isolation;

import java.util.List;
import java.util.Locale;

/**
 * Two samples compared by rank.
 *
 * @param share how often a value of the first is the larger one of a pair, ties halved: a half when
 *     they do not differ
 * @param deviations how far that is from a half, in standard deviations of chance
 */
record Ranks(double share, double deviations) {
  /** Chance alone goes so far once in a thousand million. */
  private static final double BEYOND = 6;

  /**
   * Compares them (Mann and Whitney 1947), without a correction for ties, which only makes it
   * stricter.
   */
  static Ranks of(List<Long> first, List<Long> second) {
    double larger = 0;
    for (long one : first) {
      for (long other : second) {
        larger += one > other ? 1 : one == other ? 0.5 : 0;
      }
    }
    double pairs = (double) first.size() * second.size();
    double deviation = Math.sqrt((first.size() + second.size() + 1) / (12 * pairs));
    double share = larger / pairs;
    return new Ranks(share, (share - 0.5) / deviation);
  }

  boolean isBeyondChance() {
    return Math.abs(deviations) > BEYOND;
  }

  boolean isLonger() {
    return deviations > 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "longer in %.1f %% of pairs (%+.1f deviations)", 100 * share, deviations);
  }
}
