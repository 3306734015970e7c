package dev.cofferdam.protocol.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an act ended. */
public enum Outcome {
  /** It was done. */
  DONE,
  /** It was refused: the caller may not. */
  DENIED,
  /** It was attempted and did not succeed. */
  FAILED;

  /** The word in a record. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Outcome> of(String word) {
    return Arrays.stream(values()).filter(outcome -> outcome.word().equals(word)).findFirst();
  }
}
