package dev.cofferdam.server.edge.wire;

import java.util.regex.Pattern;

/**
 * Whether the path of a request has one reading only. What two parsers could read differently is
 * refused instead of being put right: encoded slashes and dots, empty and dotted segments,
 * parameters of segments, whatever is not ASCII.
 */
final class Target {
  private static final Pattern PLAIN =
      Pattern.compile("(/|(/([A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})+)+/?)");
  // Control characters, space-like ones apart from the space, and what means something in a path.
  private static final Pattern AMBIGUOUS =
      Pattern.compile("(?i)%(0.|1.|7f|2e|2f|5c|3b|25)|/\\.{1,2}(/|$)");

  private Target() {}

  /**
   * @param path undecoded, as it came
   */
  static boolean isPlain(String path) {
    return isEasy(path) || PLAIN.matcher(path).matches() && !AMBIGUOUS.matcher(path).find();
  }

  /** Whether it is made of letters, digits and single slashes, as nearly all paths are. */
  private static boolean isEasy(String path) {
    char before = 'a';
    for (int i = 0; i < path.length(); i++) {
      char next = path.charAt(i);
      boolean known =
          next >= 'a' && next <= 'z'
              || next >= '0' && next <= '9'
              || next >= 'A' && next <= 'Z'
              || next == '-'
              || next == '_';
      if (!known && (next != '/' || before == '/')) {
        return false;
      }
      before = next;
    }
    return path.startsWith("/");
  }
}
