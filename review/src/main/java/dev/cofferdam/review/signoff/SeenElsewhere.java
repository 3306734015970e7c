package dev.cofferdam.review.signoff;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Mutants that were seen in a laboratory, for a run that can take nothing out of what it attacks.
 *
 * @param attacks of which every mutant was seen
 * @param told of which sign-off that is, or why there is none
 */
public record SeenElsewhere(Set<String> attacks, String told) {
  public SeenElsewhere {
    attacks = Set.copyOf(attacks);
  }

  /** Nobody has shown that any attack can succeed. */
  public static SeenElsewhere none(String why) {
    return new SeenElsewhere(Set.of(), why);
  }

  /**
   * What {@code signOff} has seen, if it is of what is attacked now: the same code and policies.
   *
   * @param signer whose it was found to be
   */
  public static SeenElsewhere in(SignOff signOff, String digest, String signer, Subject now) {
    if (!signOff.run().target().equals(Drafting.LABORATORY)) {
      return none("none is seen: what was given is no sign-off of a laboratory");
    }
    Optional<String> other =
        signOff.subject().code().digest().equals(now.code().digest())
            ? signOff.subject().policies().digest().equals(now.policies().digest())
                ? Optional.empty()
                : Optional.of("policies")
            : Optional.of("code");
    if (other.isPresent()) {
      return none(
          "none is seen: the sign-off %s is of other %s".formatted(brief(digest), other.get()));
    }
    Set<String> seen = new TreeSet<>();
    signOff.trials().stream().map(TrialRow::attack).filter(everySeen(signOff)).forEach(seen::add);
    return new SeenElsewhere(
        seen,
        "those of the sign-off %s of %s count as seen, which %s has signed: the same code and policies"
            .formatted(brief(digest), signOff.run().at(), signer));
  }

  private static Predicate<String> everySeen(SignOff signOff) {
    return attack ->
        signOff.trials().stream()
            .filter(trial -> trial.attack().equals(attack))
            .allMatch(TrialRow::isGood);
  }

  private static String brief(String digest) {
    return digest.substring(0, 16);
  }
}
