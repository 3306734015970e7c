package dev.cofferdam.server.authz;

import java.util.Optional;
import java.util.regex.Pattern;

/** What people call a group or a project: 1 to 100 characters that can be seen, on one line. */
public record GivenName(String text) {
  private static final Pattern TEXT =
      Pattern.compile("[^\\p{C}\\p{Z}](?:[^\\p{C}\\p{Zl}\\p{Zp}]{0,98}[^\\p{C}\\p{Z}])?");

  public GivenName {
    if (!TEXT.matcher(text).matches() || text.length() > 100) {
      throw new IllegalArgumentException("a name is 1 to 100 visible characters on one line");
    }
  }

  /** The name, or empty when the text cannot be one. */
  public static Optional<GivenName> of(String text) {
    return text.length() <= 100 && TEXT.matcher(text).matches()
        ? Optional.of(new GivenName(text))
        : Optional.empty();
  }
}
