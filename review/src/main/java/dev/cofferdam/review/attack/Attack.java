package dev.cofferdam.review.attack;

import java.util.Set;

/**
 * One attack.
 *
 * @param id the threat, a dot and a name, for example {@code ISO-04.unbound-read}
 * @param does what the attacker does, in one line
 * @param needs what the attacker holds
 * @param assault plays the attacker
 * @param alive does, as the same identity, what it may do: a refusal counts only when this succeeds
 */
public record Attack(
    String id, String does, Mode mode, Set<Identity> needs, Assault assault, Probe alive) {

  public Attack {
    needs = Set.copyOf(needs);
    if (!id.matches("[A-Z]{3}-[0-9]{2}\\.[a-z0-9-]+")) {
      throw new IllegalArgumentException("`" + id + "` is no identifier of an attack");
    }
    if (needs.isEmpty()) {
      throw new IllegalArgumentException("attack " + id + " is nobody's");
    }
  }

  /** Plays the attacker. What it throws is not a verdict: the run calls it inconclusive. */
  @FunctionalInterface
  public interface Assault {
    Verdict run(Target target) throws Exception;
  }

  /** Checks that the target still works for whoever attacks it. */
  @FunctionalInterface
  public interface Probe {
    /**
     * Returns what worked.
     *
     * @throws Exception when it did not, saying what
     */
    String check(Target target) throws Exception;
  }

  /** The identifier of the threat that this attack plays. */
  public String threat() {
    return id.substring(0, id.indexOf('.'));
  }

  /** Plays the attack, then makes sure that a refusal is one. */
  public Verdict play(Target target) {
    Verdict verdict;
    try {
      verdict = assault.run(target);
    } catch (Exception failed) {
      if (failed instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new Verdict.Inconclusive("the attack could not be carried out: " + failed);
    }
    if (!(verdict instanceof Verdict.Refused refused)) {
      return verdict;
    }
    try {
      return new Verdict.Refused(refused.evidence() + "; meanwhile " + alive.check(target));
    } catch (Exception dead) {
      if (dead instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new Verdict.Inconclusive(
          "refused, but nothing else works either: " + dead + " (" + refused.evidence() + ")");
    }
  }
}
