package dev.cofferdam.server.secrets;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in the second store the value of a secret lies: below what is its tenant's there.
 *
 * @param path names between slashes, each of which begins with a letter or a digit; so none climbs
 * @param field of what lies there
 */
public record Reference(String path, String field) {
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}";

  private static final Pattern PATH = Pattern.compile(NAME + "(/" + NAME + "){0,7}");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.-]{1,63}");

  public Reference {
    if (!isPath(path) || !FIELD.matcher(field).matches()) {
      throw new IllegalArgumentException("`" + path + "` and `" + field + "` name no value");
    }
  }

  /** The reference; empty when it is none. */
  public static Optional<Reference> of(String path, String field) {
    return isPath(path) && FIELD.matcher(field).matches()
        ? Optional.of(new Reference(path, field))
        : Optional.empty();
  }

  // INVARIANT: no name of a path is empty, `.` or `..`, and none has to be encoded in a URL.
  static boolean isPath(String text) {
    return PATH.matcher(text).matches();
  }
}
