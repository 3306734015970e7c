package dev.cofferdam.server.launch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One library that others made, down to its bytes.
 *
 * @param name group, artifact, version, and classifier where it has one, with colons between
 * @param use {@code run} where it is shipped, {@code tests} where only tests have it
 */
record Library(String sha256, String name, String use) {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64})  ([^ :]+:[^ :]+:[^ :]+(?::[^ :]+)?)  (run|tests)");

  /** Reads a line of the list. */
  static Library ofLine(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("the list of libraries has the line `" + line + "`");
    }
    return new Library(matcher.group(1), matcher.group(2), matcher.group(3));
  }

  String line() {
    return sha256 + "  " + name + "  " + use;
  }

  /** Without the version: what stays when it is exchanged for another. */
  String artifact() {
    String[] parts = name.split(":");
    return parts[0] + ":" + parts[1] + (parts.length > 3 ? ":" + parts[3] : "");
  }

  String version() {
    return name.split(":")[2];
  }
}
