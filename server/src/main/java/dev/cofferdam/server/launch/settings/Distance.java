package dev.cofferdam.server.launch.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** How many letters apart two names are (Levenshtein 1966), to guess what was meant. */
final class Distance {
  private Distance() {}

  /** The candidate nearest to {@code name}, unless even that differs in more than a third of it. */
  static <T> Optional<T> nearest(String name, Collection<T> candidates, Function<T, String> of) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> between(name, of.apply(candidate))))
        .filter(candidate -> between(name, of.apply(candidate)) <= Math.max(2, name.length() / 3));
  }

  static int between(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[to.length()];
  }
}
