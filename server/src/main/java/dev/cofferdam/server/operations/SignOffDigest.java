package dev.cofferdam.server.operations;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * SHA-256 of a sign-off.
 *
 * @param hex in small letters
 */
public record SignOffDigest(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public SignOffDigest {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("`" + hex + "` is no SHA-256 in hex");
    }
  }

  /** The digest that this text is, if it is one. */
  public static Optional<SignOffDigest> of(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new SignOffDigest(text)) : Optional.empty();
  }
}
