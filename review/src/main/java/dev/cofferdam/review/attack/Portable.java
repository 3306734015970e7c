package dev.cofferdam.review.attack;

/**
 * The two halves of an attack that asks nothing of a laboratory.
 *
 * @param assault plays the attacker
 * @param alive does, as the same identity, what it may do
 * @param reach where it may be played
 */
public record Portable(Assault assault, Probe alive, Reach reach) {

  /** Where an attack may be played beside a laboratory. */
  public enum Reach {
    /** Wherever people work: it leaves nothing but the records of what was denied. */
    ANYWHERE,
    /** Where both tenants are the review's own: it changes what they have, or uses it up. */
    OWN_TENANTS,
    /** The same, and last of all: it takes away people and things that others need. */
    SPENT_TENANTS
  }

  /** One that may be played where people work. */
  public Portable(Assault assault, Probe alive) {
    this(assault, alive, Reach.ANYWHERE);
  }

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
