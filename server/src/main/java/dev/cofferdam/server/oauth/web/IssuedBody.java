package dev.cofferdam.server.oauth.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.RefreshToken;
import dev.cofferdam.server.oauth.TokenAnswer;
import org.jspecify.annotations.Nullable;

/**
 * A token, as its client gets it (RFC 6749, section 5.1).
 *
 * @param issuedTokenType what it is, where it was exchanged (RFC 8693, section 2.2.1)
 * @param scope always, although it may be left out where it is what was asked for; absent for a
 *     token that has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IssuedBody(
    AccessToken accessToken,
    @Nullable String issuedTokenType,
    String tokenType,
    long expiresIn,
    @Nullable RefreshToken refreshToken,
    @Nullable String scope) {

  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  static IssuedBody of(TokenAnswer.Issued issued) {
    AccessToken.Grant grant = issued.token().grant();
    return new IssuedBody(
        issued.token(),
        grant.holder().kind() == Holder.Kind.RULE ? ACCESS_TOKEN : null,
        Words.type(grant.boundTo()),
        issued.token().goodFor().toSeconds(),
        issued.refresh().orElse(null),
        grant.scopes().isEmpty() ? null : Words.scope(grant.scopes()));
  }
}
