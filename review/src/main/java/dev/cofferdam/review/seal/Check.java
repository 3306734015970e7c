package dev.cofferdam.review.seal;

/**
 * One thing that a verifier looked at.
 *
 * @param about what it was, in a word or two
 * @param told what was found, in a line
 */
public record Check(Outcome outcome, String about, String told) {

  /** What came of it. */
  public enum Outcome {
    GOOD,
    /** Worth knowing, and no fault. */
    NOTE,
    /** It could not be looked at. */
    UNKNOWN,
    /** It was true, and is no more of what is there now. */
    STALE,
    /** It is not what it claims to be. */
    BAD
  }

  public static Check good(String about, String told) {
    return new Check(Outcome.GOOD, about, told);
  }

  public static Check note(String about, String told) {
    return new Check(Outcome.NOTE, about, told);
  }

  public static Check unknown(String about, String told) {
    return new Check(Outcome.UNKNOWN, about, told);
  }

  public static Check stale(String about, String told) {
    return new Check(Outcome.STALE, about, told);
  }

  public static Check bad(String about, String told) {
    return new Check(Outcome.BAD, about, told);
  }
}
