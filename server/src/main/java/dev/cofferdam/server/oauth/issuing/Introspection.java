package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.Issuer;
import java.util.Optional;

/**
 * What a token is, for a client of the same tenant that was shown it (RFC 7662). Of another
 * tenant's it learns what it learns of a text that was never a token.
 */
public final class Introspection {
  private final LiveAccessTokens tokens;

  Introspection(LiveAccessTokens tokens) {
    this.tokens = tokens;
  }

  /** Whether this client may ask: a public one cannot be told from anybody. */
  public boolean isFor(AuthenticatedClient client) {
    return !(client.client().authentication() instanceof ClientAuthentication.None);
  }

  /** The token, if it is good. */
  public Optional<ShownToken> find(String token, Issuer issuer, AuthenticatedClient client) {
    return tokens.find(token, issuer).filter(shown -> isOfTheSameTenant(shown, client));
  }

  private static boolean isOfTheSameTenant(ShownToken shown, AuthenticatedClient client) {
    return client.client().tenant().equals(Optional.of(shown.holder().tenant()));
  }
}
