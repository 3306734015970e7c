package dev.cofferdam.server.oauth.web;

import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.authorization.GrantRevocations;
import dev.cofferdam.server.oauth.proof.Assertions;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a client gives up what a person let it have (RFC 7009). */
@RestController
class RevocationController {
  private static final String PATH = "/oauth/revoke";

  private final Assertions assertions;
  private final GrantRevocations revocations;

  RevocationController(Assertions assertions, GrantRevocations revocations) {
    this.assertions = assertions;
    this.revocations = revocations;
  }

  /** Answers the same for a token that was good, one that was not, and one of another client. */
  @PostMapping(PATH)
  @Surface(
      summary = "Ends what a token stands on, on the word of its client.",
      access = Access.ANYONE,
      oauth = true,
      limit = "issue",
      action = "client_grant.revoke",
      problems = ProblemCode.INVALID_CLIENT)
  Object revoke(
      Call call,
      @OAuthForm.Fields(
              value = {
                "token",
                "token_type_hint",
                "client_id",
                "client_assertion",
                "client_assertion_type"
              },
              required = "token")
          OAuthForm form,
      HttpServletRequest request) {
    Issuer issuer = new Issuer(OwnOrigin.of(request));
    String token = form.get("token");
    return assertions
        .client(form, issuer, PATH)
        .map(known -> revocations.revoke(call, known.client(), token, issuer))
        .orElseThrow(() -> Refusal.of(ProblemCode.INVALID_CLIENT).thrown())
        .<Object>map(ended -> ended.with(Map.of()))
        .orElseGet(Map::of);
  }
}
