package dev.cofferdam.server.oauth.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.token.TokenView;
import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.RefreshToken;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.device.TokenDetails;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token, as its client gets it (RFC 6749, section 5.1).
 *
 * @param issuedTokenType what it is, where it was exchanged (RFC 8693, section 2.2.1)
 * @param scope always, although it may be left out where it is what was asked for; absent for a
 *     token that has none
 * @param authorizationDetails what was made, where that was asked for (RFC 9396, section 7)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IssuedBody(
    ShownText accessToken,
    @Nullable String issuedTokenType,
    String tokenType,
    long expiresIn,
    @Nullable RefreshToken refreshToken,
    @Nullable String scope,
    @Nullable List<Details> authorizationDetails) {

  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  /**
   * A token of the person's own that was made.
   *
   * @param identifier by which it is listed and revoked
   */
  record Details(
      String type, UUID identifier, String label, List<String> scopes, long expiresInDays) {}

  static IssuedBody of(TokenAnswer.Issued issued) {
    AccessToken.Grant grant = issued.token().grant();
    return new IssuedBody(
        new ShownText(issued.token().text()),
        grant.holder().kind() == Holder.Kind.RULE ? ACCESS_TOKEN : null,
        Words.type(grant.boundTo()),
        issued.token().goodFor().toSeconds(),
        issued.refresh().orElse(null),
        grant.scopes().isEmpty() ? null : Words.scope(grant.scopes()),
        null);
  }

  /** It is bound to no key, whatever the client has shown. */
  static IssuedBody of(TokenAnswer.Made made) {
    TokenView token = made.token().view();
    Duration goodFor = Duration.between(token.createdAt(), token.expiresAt());
    return new IssuedBody(
        new ShownText(made.token().text()),
        null,
        "Bearer",
        goodFor.toSeconds(),
        null,
        String.join(" ", token.scopes()),
        List.of(
            new Details(
                TokenDetails.TYPE,
                token.id().value(),
                token.label(),
                token.scopes(),
                goodFor.toDays())));
  }
}
