package dev.cofferdam.server.oauth.web;

import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.issuing.Introspection;
import dev.cofferdam.server.oauth.issuing.PublicKeys;
import dev.cofferdam.server.oauth.issuing.TokenEndpoint;
import dev.cofferdam.server.oauth.proof.Assertions;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where clients get access tokens, ask about them, and find the keys that they are signed with. */
@RestController("oauthTokenController")
class TokenController {
  private static final String INTROSPECTION = "/oauth/introspect";

  /** How long others may keep the keys: shorter than a new one is published before it signs. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final TokenEndpoint endpoint;
  private final Assertions assertions;
  private final Introspection introspection;
  private final PublicKeys keys;

  TokenController(
      TokenEndpoint endpoint, Assertions assertions, Introspection introspection, PublicKeys keys) {
    this.endpoint = endpoint;
    this.assertions = assertions;
    this.introspection = introspection;
    this.keys = keys;
  }

  /** Exchanges what a client has for an access token, which is in this answer alone. */
  @PostMapping(TokenEndpoint.PATH)
  @Surface(
      summary = "Exchanges what a client has for an access token.",
      access = Access.ANYONE,
      oauth = true,
      limit = "issue",
      action = "access_token.issue",
      problems = {
        ProblemCode.INVALID_CLIENT,
        ProblemCode.INVALID_REQUEST,
        ProblemCode.INVALID_GRANT,
        ProblemCode.AUTHORIZATION_PENDING,
        ProblemCode.SLOW_DOWN,
        ProblemCode.ACCESS_DENIED,
        ProblemCode.EXPIRED_TOKEN,
        ProblemCode.UNAUTHORIZED_CLIENT,
        ProblemCode.UNSUPPORTED_GRANT_TYPE,
        ProblemCode.INVALID_SCOPE,
        ProblemCode.INVALID_AUTHORIZATION_DETAILS,
        ProblemCode.INVALID_TARGET,
        ProblemCode.INVALID_DPOP_PROOF,
        ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE
      })
  Recorded<IssuedBody> token(
      Call call,
      @OAuthForm.Fields(
              value = {
                "grant_type",
                "client_id",
                "client_assertion",
                "client_assertion_type",
                "code",
                "redirect_uri",
                "code_verifier",
                "device_code",
                "refresh_token",
                "scope",
                "authorization_details",
                "resource",
                "subject_token",
                "subject_token_type",
                "requested_token_type",
                "audience"
              },
              required = "grant_type")
          OAuthForm form,
      HttpServletRequest request) {
    return switch (endpoint.answer(call, form, request, issuer(request))) {
      case TokenAnswer.Issued issued ->
          Recorded.in(
              issued.token().grant().holder().tenant(), issued.record(), IssuedBody.of(issued));
      case TokenAnswer.Made made -> Recorded.in(made.tenant(), made.record(), IssuedBody.of(made));
      case TokenAnswer.Refused(Refusal refusal) -> throw refusal.thrown();
    };
  }

  /** Says what an access token is, to a client with keys of the token's own tenant. */
  @PostMapping(INTROSPECTION)
  @Surface(
      summary = "Says whether an access token is good, and for what.",
      access = Access.ANYONE,
      oauth = true,
      limit = "issue",
      action = "access_token.introspect",
      problems = ProblemCode.INVALID_CLIENT)
  IntrospectionBody introspect(
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
    String token = form.get("token");
    Issuer issuer = issuer(request);
    return assertions
        .client(form, issuer, INTROSPECTION)
        .filter(introspection::isFor)
        .map(client -> introspection.find(token, issuer, client))
        .orElseThrow(() -> Refusal.of(ProblemCode.INVALID_CLIENT).thrown())
        .map(IntrospectionBody::of)
        .orElseGet(IntrospectionBody::inactive);
  }

  /** The public keys of access tokens. */
  @GetMapping("/oauth/jwks")
  @Surface(
      summary = "Shows the keys that access tokens are signed with.",
      access = Access.ANYONE,
      limit = "public",
      action = "access_token.keys")
  ResponseEntity<Map<String, Object>> keys() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
        .body(keys.keySet());
  }

  private static Issuer issuer(HttpServletRequest request) {
    return new Issuer(OwnOrigin.of(request));
  }
}
