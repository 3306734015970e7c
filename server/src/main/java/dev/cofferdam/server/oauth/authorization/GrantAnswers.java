package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.RefreshToken;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.TokenRequest;
import dev.cofferdam.server.oauth.issuing.AccessTokens;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.TokenScope;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a client gets for what it redeemed. */
final class GrantAnswers {
  private final AccessTokens tokens;

  GrantAnswers(AccessTokens tokens) {
    this.tokens = tokens;
  }

  TokenAnswer of(TokenRequest request, AuthenticatedClient client, Redemptions.Outcome outcome) {
    return switch (outcome) {
      case Redemptions.Redeemed redeemed -> issued(request, client, redeemed);
      case Redemptions.Unknown unknown ->
          new TokenAnswer.Refused(Refusal.of(ProblemCode.INVALID_GRANT));
      case Redemptions.Exceeding exceeding ->
          new TokenAnswer.Refused(Refusal.of(ProblemCode.INVALID_SCOPE).because("scope"));
      // Recorded as what it was, and no second time as a denial.
      case Redemptions.Reused reused ->
          new TokenAnswer.Refused(
              Refusal.of(ProblemCode.INVALID_GRANT).recordedAs(reused.record()));
    };
  }

  private TokenAnswer issued(
      TokenRequest request, AuthenticatedClient client, Redemptions.Redeemed redeemed) {
    return new TokenAnswer.Issued(
        redeemed.record(),
        tokens.issue(
            new AccessToken.Grant(
                request.issuer(),
                client.client().id(),
                new Holder(Holder.Kind.GRANT, redeemed.tenant(), redeemed.grant()),
                redeemed.person().toString(),
                asked(request, redeemed.scopes()),
                Optional.of(redeemed.signIn()),
                request.boundTo())),
        Optional.of(new RefreshToken(redeemed.next().text())));
  }

  /** As many as it asks for; all that it was given where it leaves that to us. */
  private static Set<TokenScope> asked(TokenRequest request, Set<TokenScope> given) {
    return request.scopes().map(wanted -> given(wanted, given)).orElse(given);
  }

  /** Of those that are wanted what was given, whatever was looked at before. */
  private static Set<TokenScope> given(Set<TokenScope> wanted, Set<TokenScope> given) {
    return wanted.stream().filter(given::contains).collect(Collectors.toUnmodifiableSet());
  }
}
