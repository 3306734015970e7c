package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.surface.TokenScope;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A token that somebody wants.
 *
 * @param label by which they know it again: 1 to 80 characters that can be printed
 * @param goodFor how long
 */
public record TokenWish(String label, Set<TokenScope> scopes, Duration goodFor) {
  /** For how many days one is asked for at most. */
  public static final int LONGEST_DAYS = 366;

  private static final Pattern LABEL =
      Pattern.compile("[^\\p{C}\\p{Z}]([^\\p{C}]{0,78}[^\\p{C}\\p{Z}])?");

  public TokenWish {
    scopes = Set.copyOf(scopes);
    if (!LABEL.matcher(label).matches() || scopes.isEmpty() || !goodFor.isPositive()) {
      throw new IllegalArgumentException("a token has a label, a scope and a time");
    }
  }

  /** The label of a text, without what is blank around it; empty when it is none. */
  public static Optional<String> label(String text) {
    String label = text.strip();
    return LABEL.matcher(label).matches() ? Optional.of(label) : Optional.empty();
  }
}
