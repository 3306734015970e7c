package dev.cofferdam.server.oauth;

import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.TokenScope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a client asks of the token endpoint. No record: there are secrets in its form. */
public final class TokenRequest {
  private final Call call;
  private final Issuer issuer;
  private final OAuthForm form;
  private final Optional<KeyThumbprint> boundTo;

  public TokenRequest(Call call, Issuer issuer, OAuthForm form, Optional<KeyThumbprint> boundTo) {
    this.call = call;
    this.issuer = issuer;
    this.form = form;
    this.boundTo = boundTo;
  }

  /** For records. The caller is anonymous always: a client is no caller of the API. */
  public Call call() {
    return call;
  }

  public Issuer issuer() {
    return issuer;
  }

  public OAuthForm form() {
    return form;
  }

  /** The key that the client has proven to have, and to which its tokens are to be bound. */
  public Optional<KeyThumbprint> boundTo() {
    return boundTo;
  }

  /**
   * The scopes that it asks for; empty when it leaves that to us.
   *
   * @throws dev.cofferdam.server.surface.RefusedException when there is no such scope
   */
  public Optional<Set<TokenScope>> scopes() {
    return form.find("scope").map(TokenRequest::scopes);
  }

  private static Set<TokenScope> scopes(String text) {
    EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    for (String one : text.split(" ", -1)) {
      scopes.add(
          TokenScope.of(one).orElseThrow(() -> Refusal.of(ProblemCode.INVALID_SCOPE).thrown()));
    }
    return scopes;
  }
}
