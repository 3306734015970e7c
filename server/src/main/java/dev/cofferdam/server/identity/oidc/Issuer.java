package dev.cofferdam.server.identity.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/**
 * The name of an identity provider: a URL, compared letter by letter. https, or http to this very
 * machine.
 */
@NamedInterface("foreign")
public record Issuer(String value) {
  private static final int LONGEST = 500;
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}");

  /**
   * @throws IllegalArgumentException with the second half of a sentence when it is none
   */
  public Issuer {
    @Nullable URI uri = uri(value);
    if (uri == null
        || value.length() > LONGEST
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "is no issuer: give the URL that its discovery document names, without user, query and"
              + " fragment");
    }
    requireEncrypted(uri);
  }

  private static void requireEncrypted(URI uri) {
    if (!"https".equals(uri.getScheme()) && !plainHere(uri)) {
      throw new IllegalArgumentException(
          "is reached without TLS, where anybody between can sign in as anybody: give an https URL");
    }
  }

  /** Where its discovery document is. */
  String discoveryUrl() {
    return value.replaceAll("/$", "") + "/.well-known/openid-configuration";
  }

  /** Whether it is on this machine, over plain http. */
  boolean isPlain() {
    return value.startsWith("http:");
  }

  /** Whether an endpoint of this issuer is as well protected as the issuer itself must be. */
  public boolean protects(URI endpoint) {
    return endpoint.getHost() != null
        && endpoint.getRawUserInfo() == null
        && endpoint.getRawFragment() == null
        && ("https".equals(endpoint.getScheme()) || isPlain() && plainHere(endpoint));
  }

  private static boolean plainHere(URI uri) {
    return "http".equals(uri.getScheme()) && THIS_MACHINE.matcher(uri.getHost()).matches();
  }

  private static @Nullable URI uri(String value) {
    try {
      return new URI(value);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
