package dev.cofferdam.review.register;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far a threat is attacked, half by half.
 *
 * @param active halves that attacks cover
 * @param deferred halves that no attack covers yet, with the reason
 * @param notApplicable halves that this platform does not have, with the reason
 */
public record Posture(
    Set<Half> active, Map<Half, String> deferred, Map<Half, String> notApplicable) {

  /** The posture in one word. Only {@link #ACTIVE} may ever be shown as covered. */
  public enum State {
    /** Every half that applies is attacked. */
    ACTIVE,
    /** Some half is attacked and some is not yet. */
    PARTIAL,
    /** Nothing is attacked yet. */
    DEFERRED,
    /** There is nothing here to attack. */
    NOT_APPLICABLE
  }

  public Posture {
    active = new TreeSet<>(active);
    deferred = new TreeMap<>(deferred);
    notApplicable = new TreeMap<>(notApplicable);
    if (active.isEmpty() && deferred.isEmpty() && notApplicable.isEmpty()) {
      throw new RegisterRefusedException("a posture names at least one half");
    }
    for (Half half : Half.values()) {
      int said =
          (active.contains(half) ? 1 : 0)
              + (deferred.containsKey(half) ? 1 : 0)
              + (notApplicable.containsKey(half) ? 1 : 0);
      if (said > 1) {
        throw new RegisterRefusedException("the posture says two things about " + half.word());
      }
    }
  }

  public State state() {
    if (active.isEmpty()) {
      return deferred.isEmpty() ? State.NOT_APPLICABLE : State.DEFERRED;
    }
    return deferred.isEmpty() ? State.ACTIVE : State.PARTIAL;
  }
}
