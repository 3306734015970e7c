package dev.cofferdam.server.console;

import dev.cofferdam.server.surface.TokenScope;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody says of a token that they want made.
 *
 * @param label to begin with
 * @param chosen the scopes that are ticked to begin with
 * @param wrong what was wrong with the form that was sent, or empty
 */
public record TokenForm(String label, List<String> chosen, String wrong) {
  /** For how long it may be good. */
  public static final List<Integer> DAYS = List.of(7, 30, 90, 366);

  /** What it may be for. */
  public static List<String> scopes() {
    return Arrays.stream(TokenScope.values()).map(TokenScope::text).toList();
  }
}
