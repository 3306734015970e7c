package dev.cofferdam.protocol.secret;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a secret is called within its project: a lower-case letter, then up to 62 lower-case
 * letters, digits, dashes and underscores. So it stands in a path, in a file name and in
 * authenticated data as it is.
 */
public record SecretName(String text) {
  private static final Pattern TEXT = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

  public SecretName {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a secret's name is a lower-case letter and up to 62 of a-z, 0-9, - and _");
    }
  }

  /** The name, or empty when the text cannot be one. */
  public static Optional<SecretName> of(String text) {
    return TEXT.matcher(text).matches() ? Optional.of(new SecretName(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
