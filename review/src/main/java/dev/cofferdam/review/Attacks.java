package dev.cofferdam.review;

import dev.cofferdam.review.attack.Attack;
import java.util.List;
import java.util.stream.Stream;

/** Every attack there is, by family. */
final class Attacks {
  private Attacks() {}

  static List<Attack> all() {
    return Stream.<List<Attack>>of().flatMap(List::stream).toList();
  }
}
