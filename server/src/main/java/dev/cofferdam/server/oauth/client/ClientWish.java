package dev.cofferdam.server.oauth.client;

import dev.cofferdam.server.surface.TokenScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A client that somebody wants registered.
 *
 * @param name as people are told who asks: 1 to 80 characters that can be printed
 * @param redirectUris where answers may go, one to ten
 * @param scopes what it may be given at most
 * @param keys by which it proves who it is; empty for one that cannot keep a key to itself
 */
public record ClientWish(
    String name,
    List<RedirectUri> redirectUris,
    Set<TokenScope> scopes,
    Optional<PublicKeys> keys) {
  /** How many redirect URIs a client has at most. */
  public static final int MOST_URIS = 10;

  private static final Pattern NAME =
      Pattern.compile("[^\\p{C}\\p{Z}]([^\\p{C}]{0,78}[^\\p{C}\\p{Z}])?");

  public ClientWish {
    redirectUris = List.copyOf(redirectUris);
    scopes = Set.copyOf(scopes);
    if (!NAME.matcher(name).matches()
        || scopes.isEmpty()
        || redirectUris.size() > MOST_URIS
        || Set.copyOf(redirectUris).size() != redirectUris.size()
        || redirectUris.isEmpty()) {
      throw new IllegalArgumentException("a client has a name, a scope, and a place");
    }
  }

  /** The name of a text, without what is blank around it; empty when it is none. */
  public static Optional<String> name(String text) {
    String name = text.strip();
    return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
  }
}
