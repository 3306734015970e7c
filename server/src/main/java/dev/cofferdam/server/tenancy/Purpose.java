package dev.cofferdam.server.tenancy;

import java.util.regex.Pattern;

/**
 * Why the platform itself acts, for example {@code sign_up}: what a platform scope is bound to
 * instead of an id.
 *
 * @param name lower-case letters and underscores, 1 to 40 characters
 */
public record Purpose(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,39}");

  public Purpose {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a purpose is 1 to 40 lower-case letters and underscores, not `" + name + "`");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
