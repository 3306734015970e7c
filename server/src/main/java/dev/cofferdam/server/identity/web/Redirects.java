package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.oidc.Begun;
import dev.cofferdam.server.identity.oidc.BrowserHandle;
import dev.cofferdam.server.identity.oidc.SignInFault;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where browsers are sent on the way to an identity provider and back. */
final class Redirects {
  /** The one place that an identity provider sends browsers back to. */
  static final String CALLBACK = "/sign-in/callback";

  private Redirects() {}

  /** Under the name by which the browser came, which the edge has checked. */
  static URI callback(HttpServletRequest request) {
    return to(request, CALLBACK);
  }

  /** The same for another path of ours. */
  static URI to(HttpServletRequest request, String path) {
    return ServletUriComponentsBuilder.fromRequestUri(request)
        .replacePath(path)
        .replaceQuery(null)
        .build()
        .toUri();
  }

  /** To the identity provider. */
  static ResponseEntity<Void> begun(Begun begun) {
    return switch (begun) {
      case Begun.Redirect(URI location, BrowserHandle browser) ->
          to(location, SignInCookie.of(browser));
      case Begun.IdpUnavailable unavailable -> throw unavailable();
    };
  }

  static ResponseEntity<Void> to(URI location, @Nullable ResponseCookie cookie) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.SEE_OTHER);
    answer.location(location);
    if (cookie != null) {
      answer.header(HttpHeaders.SET_COOKIE, cookie.toString());
    }
    return answer.build();
  }

  /** What came back is not believed; or it is, and is not what was asked for. */
  static RefusedException refused(SignInFault fault) {
    return Refusal.of(
            fault.isOfTheWay() ? ProblemCode.SIGN_IN_NOT_AS_ASKED : ProblemCode.UNAUTHENTICATED)
        .because(fault.label())
        .thrown();
  }

  static RefusedException unavailable() {
    return Refusal.of(ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE).thrown();
  }
}
