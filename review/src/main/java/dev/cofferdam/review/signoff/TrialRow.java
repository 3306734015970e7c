package dev.cofferdam.review.signoff;

import java.util.List;

/**
 * An attack and one of its mutants, as they were played.
 *
 * @param does what the attacker does, in a line
 * @param mode what it leaves behind: {@code safe}, {@code noisy}, {@code destructive}
 * @param attackers what the attacker holds
 * @param layers of the mutant
 */
public record TrialRow(
    String threat,
    String attack,
    String does,
    String mode,
    List<String> attackers,
    List<String> layers,
    List<StepRow> steps,
    long millis) {
  public TrialRow {
    attackers = List.copyOf(attackers);
    layers = List.copyOf(layers);
    steps = List.copyOf(steps);
  }

  /**
   * One playing.
   *
   * @param state of the system, in words
   * @param verdict {@code refused}, {@code succeeded} or {@code inconclusive}
   * @param asItShould whether the attack ended as it was to end in that state
   */
  public record StepRow(
      String state, String verdict, boolean asItShould, String evidence, long millis) {}

  /** Whether it ended in every state as it was to. */
  public boolean isGood() {
    return steps.stream().allMatch(StepRow::asItShould);
  }

  /** Attack and layers: what a trial is told from others by. */
  public String name() {
    return attack + "/" + String.join("+", layers);
  }
}
