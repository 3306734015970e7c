package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.TokenRequest;

/** A refresh token for the next one and an access token (RFC 6749, section 6). */
final class RefreshGrant implements GrantType {
  private final Redemptions redemptions;
  private final GrantAnswers answers;

  RefreshGrant(Redemptions redemptions, GrantAnswers answers) {
    this.redemptions = redemptions;
    this.answers = answers;
  }

  @Override
  public String name() {
    return "refresh_token";
  }

  @Override
  public TokenAnswer redeem(TokenRequest request, AuthenticatedClient client) {
    String refresh = request.form().get("refresh_token");
    return answers.of(
        request, client, redemptions.rotate(Redemptions.Asking.of(request, client), refresh));
  }
}
