package dev.cofferdam.server.tenancy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a tenant is called where people read it. Taken as it was written or refused. Nothing is
 * found by it.
 *
 * @param text 1 to 100 characters, none of them invisible, and no space at either end
 */
public record TenantName(String text) {
  private static final int LONGEST = 100;

  // Letters, marks, numbers, punctuation, symbols, and the one space: no controls, no marks of
  // direction, no characters that no one sees.
  private static final Pattern FORM =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+( [\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+)*");

  public TenantName {
    if (!isName(text)) {
      throw new IllegalArgumentException("`" + text + "` cannot be the name of a tenant");
    }
  }

  /** The name that {@code text} is, if it is one. */
  public static Optional<TenantName> of(String text) {
    return isName(text) ? Optional.of(new TenantName(text)) : Optional.empty();
  }

  private static boolean isName(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
