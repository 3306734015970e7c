package dev.cofferdam.server.tenancy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why an operator does something to a tenant, in a sentence that the tenant's own people read in
 * their log.
 *
 * @param text 3 to 300 visible characters in one line, and no space at either end
 */
public record StatedReason(String text) {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 300;
  private static final Pattern FORM =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+( [\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+)*");

  public StatedReason {
    if (!isReason(text)) {
      throw new IllegalArgumentException("a reason is one line of 3 to 300 visible characters");
    }
  }

  /** The reason that {@code text} is, if it is one. */
  public static Optional<StatedReason> of(String text) {
    return isReason(text) ? Optional.of(new StatedReason(text)) : Optional.empty();
  }

  private static boolean isReason(String text) {
    return text.length() >= SHORTEST && text.length() <= LONGEST && FORM.matcher(text).matches();
  }
}
