package dev.cofferdam.review.seal;

import dev.cofferdam.review.signoff.Finding;
import dev.cofferdam.review.signoff.Shown;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.ThreatRow;
import dev.cofferdam.review.signoff.TrialRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is other in a sign-off than in one before it.
 *
 * @param worse what an auditor would ask about, a line each
 * @param better what was mended or is attacked now
 * @param neither what merely changed: above all, what was attacked
 */
public record Difference(List<String> worse, List<String> better, List<String> neither) {
  public Difference {
    worse = List.copyOf(worse);
    better = List.copyOf(better);
    neither = List.copyOf(neither);
  }

  /** What {@code after} tells that {@code before} did not. */
  public static Difference between(SignOff before, SignOff after) {
    List<String> worse = new ArrayList<>();
    List<String> better = new ArrayList<>();
    List<String> neither = new ArrayList<>();
    before
        .subject()
        .changed(after.subject())
        .forEach((name, all) -> all.forEach(change -> neither.add(name + ": " + change)));
    if (before.run().verdict() != after.run().verdict()) {
      boolean up = after.run().verdict().compareTo(before.run().verdict()) < 0;
      (up ? better : worse)
          .add(
              "verdict: %s, before %s"
                  .formatted(after.run().verdict().word(), before.run().verdict().word()));
    }
    threats(before, after, worse, better);
    appeared(by(before.findings(), Finding::id), by(after.findings(), Finding::id))
        .forEach(finding -> worse.add("new finding " + finding.id() + ": " + finding.what()));
    appeared(by(after.findings(), Finding::id), by(before.findings(), Finding::id))
        .forEach(finding -> better.add("no more finding " + finding.id()));
    appeared(by(before.trials(), TrialRow::name), by(after.trials(), TrialRow::name))
        .forEach(trial -> better.add("new mutant " + trial.name()));
    appeared(by(after.trials(), TrialRow::name), by(before.trials(), TrialRow::name))
        .forEach(trial -> worse.add("mutant no more played " + trial.name()));
    appeared(
            by(before.acceptances(), one -> one.subject() + " until " + one.expires()),
            by(after.acceptances(), one -> one.subject() + " until " + one.expires()))
        .forEach(
            one ->
                neither.add(
                    "accepted by %s until %s: %s"
                        .formatted(one.owner(), one.expires(), one.subject())));
    return new Difference(worse, better, neither);
  }

  private static void threats(
      SignOff before, SignOff after, List<String> worse, List<String> better) {
    for (ThreatRow now : after.threats()) {
      before
          .threat(now.id())
          .filter(then -> then.shown() != now.shown())
          .ifPresent(
              then ->
                  (rank(now.shown()) < rank(then.shown()) ? better : worse)
                      .add(
                          "%s: %s, before %s"
                              .formatted(now.id(), now.shown().told(), then.shown().told())));
    }
    appeared(by(before.threats(), ThreatRow::id), by(after.threats(), ThreatRow::id))
        .forEach(threat -> better.add("new threat " + threat.id() + ", " + threat.shown().told()));
    appeared(by(after.threats(), ThreatRow::id), by(before.threats(), ThreatRow::id))
        .forEach(threat -> worse.add("threat no more in the register " + threat.id()));
  }

  /** The less, the better shown. */
  private static int rank(Shown shown) {
    return switch (shown) {
      case NOT_APPLICABLE, HELD -> 0;
      case HELD_IN_PART -> 1;
      case ACCEPTED -> 2;
      case REFUSED, NOT_RUN, DEFERRED -> 3;
      case FINDING -> 4;
    };
  }

  private static <T> Map<String, T> by(List<T> all, Function<T, String> name) {
    Map<String, T> named = new LinkedHashMap<>();
    all.forEach(one -> named.put(name.apply(one), one));
    return named;
  }

  /** What is in {@code after} alone. */
  private static <T> List<T> appeared(Map<String, T> before, Map<String, T> after) {
    return after.entrySet().stream()
        .filter(one -> !before.containsKey(one.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
