package dev.cofferdam.review.signoff;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something that is wrong.
 *
 * @param id always the same for the same thing, so that it can be accepted and found again: what it
 *     is of, and {@code /} and the kind
 * @param threat whose it is; empty when it is nobody's
 * @param what was seen
 * @param owner who has to see to it: of the acceptance, or else the module where it is to be met
 * @param until the day on which an acceptance ends; empty without one
 */
public record Finding(
    String id,
    Kind kind,
    String threat,
    String what,
    Level severity,
    Disposition disposition,
    String owner,
    String until) {

  /** What is wrong. */
  public enum Kind {
    /** The attack succeeds against the system as it ships. */
    SUCCEEDS,
    /** A layer does not stop the attack by itself. */
    LAYER_FAILS,
    /** With all layers out the attack is refused all the same: it shows nothing. */
    SURVIVES,
    /** The attack could not be played to its end. */
    INCONCLUSIVE,
    /** A route that nothing can be asked of. */
    UNPROBED,
    /** A route that somebody was not told no at, or a problem that was not met. */
    UNTOUCHED,
    /** Somebody answered for a threat that is not shown to be met, and does no more. */
    EXPIRED,
    /** Somebody answers for what is not there. */
    IDLE;

    /** As documents write it. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody may answer for it: not for what nobody knows. */
    boolean canBeAccepted() {
      return this == SUCCEEDS || this == LAYER_FAILS;
    }
  }

  /** What became of it. */
  public enum Disposition {
    OPEN,
    ACCEPTED,
    /** It was accepted, and is no more. */
    EXPIRED;

    /** As documents write it. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether a run fails by it. */
  public boolean isOpen() {
    return disposition != Disposition.ACCEPTED;
  }
}
