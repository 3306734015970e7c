package dev.cofferdam.review.audit;

import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.util.List;

/**
 * What whoever watches the server is told about its logs: the metrics that the alert rules stand
 * on, and whether it is ready.
 */
record Alarms(double divergence, double mirrorDiverging, double mirrorMissing, int ready) {
  private static final int OK = 200;

  /** As they are after the server has mirrored and checked its logs once more. */
  static Alarms of(Target target) throws IOException {
    target.server().auditRound();
    try (Line line = Line.open(target.around().management())) {
      String host = target.around().management().authority();
      Reply metrics = line.ask(Ask.get("/metrics").with("Host", host));
      List<String> lines = metrics.text().lines().toList();
      return new Alarms(
          value(lines, "audit_divergence"),
          value(lines, "audit_mirror_diverging"),
          value(lines, "audit_mirror_missing"),
          line.ask(Ask.get("/readyz").with("Host", host)).status());
    }
  }

  private static double value(List<String> metrics, String name) {
    return metrics.stream()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no metric " + name + " among " + metrics.size() + " lines"));
  }

  boolean isQuiet() {
    return divergence == 0 && mirrorDiverging == 0 && mirrorMissing == 0;
  }

  /** Refused when somebody is told; the attacker got {@code what} otherwise. */
  static Verdict told(Target target, String what) throws IOException {
    Alarms alarms = of(target);
    return alarms.isQuiet()
        ? new Verdict.Succeeded(what + ", and nobody is told: " + alarms)
        : new Verdict.Refused("told: " + alarms);
  }

  /**
   * Nobody is told anything before an attack, or what is told after it would say nothing.
   *
   * @throws IllegalStateException otherwise
   */
  static void requireQuiet(Target target) throws IOException {
    Alarms alarms = of(target);
    if (!alarms.isQuiet() || alarms.ready() != OK) {
      throw new IllegalStateException("there is an alarm before anybody did anything: " + alarms);
    }
  }

  @Override
  public String toString() {
    return "audit_divergence %.0f, audit_mirror_diverging %.0f, audit_mirror_missing %.0f, readyz %d"
        .formatted(divergence, mirrorDiverging, mirrorMissing, ready);
  }
}
