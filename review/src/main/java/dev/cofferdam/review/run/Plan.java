package dev.cofferdam.review.run;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.register.Mutant;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.register.RegisterRefusedException;
import dev.cofferdam.review.register.Threat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which attacks are run with which mutants: the register and the code, found to agree.
 *
 * @param trials in the order of the register
 */
public record Plan(Register register, List<Trial> trials) {

  /** An attack and one mutant that it must tell from the real system. */
  public record Trial(Threat threat, Attack attack, Mutant mutant) {
    /** Attack and layers: what it is told from others by, from run to run. */
    public String name() {
      return attack.id() + "/" + String.join("+", mutant.layers());
    }

    /** How often the attack is played: with one layer alone only where there is another. */
    int steps() {
      int layers = mutant.layers().size();
      return 3 + (layers > 1 ? layers : 0);
    }
  }

  public Plan {
    trials = List.copyOf(trials);
  }

  /**
   * Joins register and code.
   *
   * @throws RegisterRefusedException when an attack has no mutant, a mutant no attack, an active
   *     threat no attack, or an attack no active threat
   */
  public static Plan of(Register register, List<Attack> attacks) {
    Map<String, Attack> byId = new LinkedHashMap<>();
    for (Attack attack : attacks) {
      if (byId.put(attack.id(), attack) != null) {
        throw new RegisterRefusedException("the attack " + attack.id() + " is there twice");
      }
      if (register.threat(attack.threat()).filter(t -> !t.posture().active().isEmpty()).isEmpty()) {
        throw new RegisterRefusedException(
            "the attack " + attack.id() + " plays a threat that is not active");
      }
    }
    List<Trial> trials = new ArrayList<>();
    Set<String> tried = new HashSet<>();
    register
        .threats()
        .forEach(
            threat -> {
              for (Mutant mutant : threat.mutants()) {
                Attack attack = byId.get(mutant.attack());
                if (attack == null || !attack.threat().equals(threat.id())) {
                  throw new RegisterRefusedException(
                      "threat " + threat.id() + " has no attack `" + mutant.attack() + "`");
                }
                trials.add(new Trial(threat, attack, mutant));
                tried.add(attack.id());
              }
            });
    for (String id : byId.keySet()) {
      if (!tried.contains(id)) {
        throw new RegisterRefusedException(
            "no mutant shows that the attack " + id + " can succeed");
      }
    }
    return new Plan(register, trials);
  }

  /** This plan, with only the trials whose attack begins with one of {@code prefixes}. */
  public Plan only(List<String> prefixes) {
    return new Plan(
        register,
        trials.stream()
            .filter(trial -> prefixes.stream().anyMatch(trial.attack().id()::startsWith))
            .toList());
  }
}
