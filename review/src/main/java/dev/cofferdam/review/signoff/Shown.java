package dev.cofferdam.review.signoff;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a threat came out of a run. Only {@link #HELD} may look as if it were met. */
public enum Shown {
  /** Every half that applies was attacked and held, and every mutant was seen. */
  HELD,
  /** What was attacked held; another half still waits. */
  HELD_IN_PART,
  /**
   * What was attacked of a deployment was refused, and nobody has shown that the attacks can
   * succeed.
   */
  REFUSED,
  /** Something is wrong. */
  FINDING,
  /** Something is wrong, and somebody answers for it for now. */
  ACCEPTED,
  /** It could have been attacked, and was not in this run. */
  NOT_RUN,
  /** No attack on it is built yet. */
  DEFERRED,
  /** There is nothing here to attack. */
  NOT_APPLICABLE;

  /** As documents write it. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As people read it. */
  public String told() {
    return word().replace('_', ' ');
  }
}
