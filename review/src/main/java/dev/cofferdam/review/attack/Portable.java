package dev.cofferdam.review.attack;

/**
 * The two halves of an attack that asks nothing of a laboratory.
 *
 * @param assault plays the attacker
 * @param alive does, as the same identity, what it may do
 */
public record Portable(Assault assault, Probe alive) {

  /** Plays the attacker; see {@link Attack.Assault}. */
  @FunctionalInterface
  public interface Assault {
    Verdict run(Scene scene) throws Exception;
  }

  /** Checks that the server still works for whoever attacks it; see {@link Attack.Probe}. */
  @FunctionalInterface
  public interface Probe {
    String check(Scene scene) throws Exception;
  }
}
