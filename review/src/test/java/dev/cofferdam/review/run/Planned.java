package dev.cofferdam.review.run;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.register.Family;
import dev.cofferdam.review.register.Half;
import dev.cofferdam.review.register.Layer;
import dev.cofferdam.review.register.Mutant;
import dev.cofferdam.review.register.Posture;
import dev.cofferdam.review.register.Register;
import dev.cofferdam.review.register.Seam;
import dev.cofferdam.review.register.Threat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A register with one threat, and attacks on it. */
final class Planned {
  private Planned() {}

  static Register register(String attack, String... layers) {
    Seam seam = new Seam("tenancy", List.of());
    Threat threat =
        new Threat(
            "ISO-01",
            List.of("lif"),
            "reads",
            "denied",
            seam,
            new Posture(Set.of(Half.DATABASE), Map.of(), Map.of()),
            List.of(),
            List.of(layers),
            List.of(new Mutant(attack, List.of(layers))));
    return new Register(
        List.of(new Family("ISO", "isolation", List.of(threat))),
        Arrays.stream(layers)
            .map(id -> new Layer(id, id, seam, new Layer.InProcess(id)))
            .collect(Collectors.toMap(Layer::id, Function.identity())));
  }

  static Attack attack(String id) {
    return attack(id, _ -> new Verdict.Refused("denied"), _ -> "its own is readable");
  }

  static Attack attack(String id, Attack.Assault assault, Attack.Probe alive) {
    return new Attack(id, "reads", Mode.SAFE, Set.of(Identity.INJECTION), assault, alive);
  }
}
