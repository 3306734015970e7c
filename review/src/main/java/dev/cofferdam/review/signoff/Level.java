package dev.cofferdam.review.signoff;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much is at risk. */
public enum Level {
  NONE,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL,
  /** Nothing was attacked, so nothing is said. */
  UNRATED;

  /** As documents write it. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** So many steps less, and no less than {@link #LOW}. */
  Level lowered(int steps) {
    return this == UNRATED || this == NONE ? this : values()[Math.max(1, ordinal() - steps)];
  }
}
