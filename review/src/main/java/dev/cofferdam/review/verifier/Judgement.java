package dev.cofferdam.review.verifier;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the verifier said.
 *
 * @param exit 0 clean, 1 tampered, 2 could not tell
 * @param sentence its one line
 */
public record Judgement(int exit, String sentence) {
  private static final Pattern AT = Pattern.compile("the first divergence is at index ([0-9,]+)");
  private static final Pattern BETWEEN =
      Pattern.compile("the first divergence is between index ([0-9,]+) and ([0-9,]+)");

  public boolean isClean() {
    return exit == 0;
  }

  public boolean isTampered() {
    return exit == 1;
  }

  /** Whether it names this index as the first to diverge, or as one that may be. */
  public boolean names(long index) {
    Matcher at = AT.matcher(sentence);
    if (at.find()) {
      return number(at.group(1)) == index;
    }
    Matcher between = BETWEEN.matcher(sentence);
    return between.find() && number(between.group(1)) <= index && index <= number(between.group(2));
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }
}
