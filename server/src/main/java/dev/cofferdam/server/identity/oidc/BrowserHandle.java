package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a browser is told apart by while it signs in: 32 random bytes in a cookie, which are stored
 * nowhere but as a hash. No record, since it holds a credential.
 */
public final class BrowserHandle {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String text;

  private BrowserHandle(String text) {
    this.text = text;
  }

  static BrowserHandle random(SecureRandom random) {
    return new BrowserHandle(randomText(random));
  }

  /** The handle of a cookie's value, if it has the form of one. */
  public static Optional<BrowserHandle> of(String value) {
    return FORM.matcher(value).matches() ? Optional.of(new BrowserHandle(value)) : Optional.empty();
  }

  /** For the cookie, and nothing else. */
  public String text() {
    return text;
  }

  byte[] hash() {
    return sha256(text);
  }

  static String randomText(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "handle of a browser";
  }
}
