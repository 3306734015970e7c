package dev.cofferdam.review.signoff;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a run comes to, in a word. */
public enum Conclusion {
  /** All was played, and there is no finding. */
  GOOD,
  /** All was played, and somebody answers for every finding. */
  ACCEPTED,
  /** Some was not played; what was has no finding that nobody answers for. */
  INCOMPLETE,
  /** There is a finding that nobody answers for, or no more. */
  FINDINGS;

  /** As documents write it. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
