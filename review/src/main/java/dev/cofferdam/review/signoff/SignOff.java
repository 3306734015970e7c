package dev.cofferdam.review.signoff;

import java.util.List;
import java.util.Optional;

/**
 * What a run showed.
 *
 * @param format {@link #FORMAT}
 * @param threats every one of the register, in its order, run or not
 * @param layers everything that stops a threat
 * @param trials what was played, in the order of the register
 * @param findings whatever is wrong, the worst first
 * @param acceptances whatever somebody answers for, valid or not
 * @param reached which routes by whom, and which problems
 * @param deployed of a run against a deployment
 * @param replayed what was played against a server that goes on too
 * @param history of whole runs before this one, the oldest first
 */
public record SignOff(
    String format,
    Run run,
    Subject subject,
    List<ThreatRow> threats,
    List<LayerRow> layers,
    List<TrialRow> trials,
    List<Finding> findings,
    List<AcceptanceRow> acceptances,
    Reached reached,
    Deployed deployed,
    Replayed replayed,
    List<Point> history) {
  /** The name and version of this form. Any change to it is another version. */
  public static final String FORMAT = "cofferdam-sign-off-4";

  public SignOff {
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException(
          "it is of the form `" + format + "`, and this version reads `" + FORMAT + "`");
    }
    threats = List.copyOf(threats);
    layers = List.copyOf(layers);
    trials = List.copyOf(trials);
    findings = List.copyOf(findings);
    acceptances = List.copyOf(acceptances);
    history = List.copyOf(history);
  }

  /** How many threats are shown so. */
  public long shown(Shown how) {
    return threats.stream().filter(threat -> threat.shown() == how).count();
  }

  /** How often an attack was played, mutants included. */
  public int steps() {
    return trials.stream().mapToInt(trial -> trial.steps().size()).sum();
  }

  /** The threat called {@code id}. */
  public Optional<ThreatRow> threat(String id) {
    return threats.stream().filter(threat -> threat.id().equals(id)).findFirst();
  }

  /** What was played of the threat called {@code id}. */
  public List<TrialRow> trialsOf(String id) {
    return trials.stream().filter(trial -> trial.threat().equals(id)).toList();
  }
}
