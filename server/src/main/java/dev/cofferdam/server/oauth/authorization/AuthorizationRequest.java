package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.oauth.client.RedirectUri;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.TokenScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asks of a person, every word of it checked: the client is known, the answer may go
 * where it is to go, and all that is left to know is what the person says.
 *
 * @param redirectUri registered for this client
 * @param scopes some of those that the client may be given
 * @param challenge of a verifier that the client alone has, by S256 (RFC 7636)
 * @param demand how the person must have signed in
 * @param boundTo the key that the client says it will redeem the code with (RFC 9449, section 10)
 */
public record AuthorizationRequest(
    Application client,
    AnswerPlace to,
    Set<TokenScope> scopes,
    String challenge,
    SignInDemand demand,
    Optional<KeyThumbprint> boundTo) {
  /**
   * A sign-in counts as made for this request for as long: whoever comes back from making one has
   * it behind them by a few seconds. What the token says is when it was.
   */
  static final Duration JUST_NOW = Duration.ofSeconds(60);

  public AuthorizationRequest {
    scopes = Set.copyOf(scopes);
  }

  /**
   * Where the answer goes.
   *
   * @param state as the client sent it, to be sent back
   * @param issuer who answers, so that no client takes us for another (RFC 9207)
   */
  public record AnswerPlace(RedirectUri redirectUri, Optional<String> state, Issuer issuer) {}

  /** Whether the person's sign-in is what the client asks for. */
  public boolean isMetBy(SignIn signIn, Instant now) {
    return demand.isMetBy(signIn, now, now.minus(JUST_NOW));
  }
}
