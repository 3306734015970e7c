package dev.cofferdam.server.oauth;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a public key by what it is (RFC 7638, SHA-256).
 *
 * @param value 43 characters of base64url
 */
public record KeyThumbprint(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  public KeyThumbprint {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a thumbprint is 43 characters of base64url");
    }
  }

  /** The thumbprint of a text; empty when it has not the form of one. */
  public static Optional<KeyThumbprint> ofText(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new KeyThumbprint(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
