package dev.cofferdam.review.register;

import java.util.List;

/**
 * A set of layers such that the attack succeeds when all of them are out and fails while any one of
 * them stands.
 *
 * @param attack the identifier of the attack that must see the difference
 */
public record Mutant(String attack, List<String> layers) {
  public Mutant {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new RegisterRefusedException("the mutant of `" + attack + "` takes no layer out");
    }
  }
}
