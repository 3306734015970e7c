package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.identity.oidc.Issuer;
import dev.cofferdam.server.identity.token.TokenWish;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An issuer that a tenant wants to trust.
 *
 * @param label what it is called by whoever looks after it
 * @param keys where its keys are; empty when its document says that
 * @param audience whom its tokens must be made for; empty for a name of its own
 * @param reusable whether one token may be exchanged more than once
 */
public record IssuerWish(
    String label,
    String issuer,
    Optional<String> keys,
    Optional<String> audience,
    boolean reusable) {
  private static final Pattern PRINTED = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final int LONGEST_URL = 500;

  /** The first field, as the API calls it, with a value that it cannot have. */
  public Optional<String> wrong() {
    if (TokenWish.label(label).filter(label::equals).isEmpty()) {
      return Optional.of("label");
    }
    Optional<Issuer> named = named(issuer);
    if (named.isEmpty()) {
      return Optional.of("issuer");
    }
    if (keys.isPresent() && keys.flatMap(IssuerWish::url).filter(named.get()::protects).isEmpty()) {
      return Optional.of("jwks_url");
    }
    return audience.filter(text -> !PRINTED.matcher(text).matches()).map(text -> "audience");
  }

  private static Optional<Issuer> named(String text) {
    try {
      return Optional.of(new Issuer(text));
    } catch (IllegalArgumentException noIssuer) {
      return Optional.empty();
    }
  }

  private static Optional<URI> url(String text) {
    try {
      return text.length() > LONGEST_URL ? Optional.empty() : Optional.of(new URI(text));
    } catch (URISyntaxException noUrl) {
      return Optional.empty();
    }
  }
}
