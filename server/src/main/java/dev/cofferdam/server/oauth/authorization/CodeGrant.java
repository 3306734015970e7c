package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.TokenRequest;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import java.util.regex.Pattern;

/** A code for the first tokens of a grant (RFC 6749, section 4.1.3; RFC 7636, section 4.5). */
final class CodeGrant implements GrantType {
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  private final Redemptions redemptions;
  private final GrantAnswers answers;

  CodeGrant(Redemptions redemptions, GrantAnswers answers) {
    this.redemptions = redemptions;
    this.answers = answers;
  }

  @Override
  public String name() {
    return "authorization_code";
  }

  @Override
  public TokenAnswer redeem(TokenRequest request, AuthenticatedClient client) {
    OAuthForm form = request.form();
    String code = form.get("code");
    String redirectUri = form.get("redirect_uri");
    String verifier = form.get("code_verifier");
    if (!VERIFIER.matcher(verifier).matches()) {
      return new TokenAnswer.Refused(Refusal.of(ProblemCode.INVALID_GRANT).because("verifier"));
    }
    return answers.of(
        request,
        client,
        redemptions.redeem(Redemptions.Asking.of(request, client), code, redirectUri, verifier));
  }
}
