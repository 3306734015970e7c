package dev.cofferdam.review.signoff;

/**
 * Text as a document may carry it: evidence holds what an attacked system answered, which may be
 * anything.
 */
final class Plain {
  private static final int LONGEST = 2_000;

  private Plain() {}

  /** The text in one line, of whole characters, and no longer than anybody reads. */
  static String text(String any) {
    StringBuilder plain = new StringBuilder();
    any.codePoints()
        .limit(LONGEST)
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .map(point -> isHalf(point) ? '\uFFFD' : point)
        .forEach(plain::appendCodePoint);
    if (any.codePointCount(0, any.length()) > LONGEST) {
      plain.append('…');
    }
    return plain.toString().strip();
  }

  private static boolean isHalf(int point) {
    return Character.getType(point) == Character.SURROGATE;
  }
}
