package dev.cofferdam.review.signoff;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Maps that are always written in the same order. */
final class Sorted {
  private Sorted() {}

  /** A copy that does not change, in the order of its keys. */
  static <T> Map<String, T> copy(Map<String, T> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
