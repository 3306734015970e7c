package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.Arrival;
import dev.cofferdam.server.identity.ForeignIdentity;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.identity.oidc.Begun;
import dev.cofferdam.server.identity.oidc.BrowserHandle;
import dev.cofferdam.server.identity.oidc.CallbackAnswer;
import dev.cofferdam.server.identity.oidc.Ended;
import dev.cofferdam.server.identity.oidc.RelyingParty;
import dev.cofferdam.server.identity.oidc.SignInRequest;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RefusedException;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The way to the identity provider and back. */
@RestController
class SignInController {
  private static final String CALLBACK = "/sign-in/callback";

  private final RelyingParty party;
  private final Sessions sessions;

  SignInController(RelyingParty party, Sessions sessions) {
    this.party = party;
    this.sessions = sessions;
  }

  /**
   * Sends the browser to the identity provider.
   *
   * @param returnTo the path to go on to afterwards
   */
  @GetMapping("/sign-in")
  @Surface(
      access = Access.ANYONE,
      limit = "sign-in",
      action = "session.begin",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE})
  ResponseEntity<Void> begin(
      @RequestParam(name = "return_to", defaultValue = "/") String returnTo,
      HttpServletRequest request) {
    if (!SignInRequest.isPath(returnTo)) {
      throw Refusal.invalid("return_to").thrown();
    }
    return switch (party.begin(
        SignInRequest.plain(callback(request), returnTo), SignInCookie.in(request))) {
      case Begun.Redirect(URI location, BrowserHandle browser) ->
          goTo(location, SignInCookie.of(browser));
      case Begun.IdpUnavailable unavailable -> throw unavailable();
    };
  }

  /** Takes the browser back, and begins the session of whoever has proven who they are. */
  @GetMapping(CALLBACK)
  @Surface(
      access = Access.ANYONE,
      limit = "sign-in",
      action = "session.begin",
      problems = {
        ProblemCode.MALFORMED_REQUEST,
        ProblemCode.UNAUTHENTICATED,
        ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE
      })
  ResponseEntity<Void> end(
      Call call,
      @RequestParam MultiValueMap<String, String> parameters,
      HttpServletRequest request) {
    CallbackAnswer answer =
        CallbackAnswer.of(parameters)
            .orElseThrow(() -> Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown());
    Optional<BrowserHandle> browser = SignInCookie.in(request);
    if (browser.isEmpty()) {
      throw unauthenticated("begun_in_no_browser");
    }
    return switch (party.end(answer, browser.get())) {
      case Ended.SignedIn(ForeignIdentity who, String returnTo) ->
          goTo(
              URI.create(returnTo),
              SessionCookie.of(sessions.open(who, Arrival.of(call, request)).handle()));
      // Not to where they wanted: that may send them straight back here.
      case Ended.Declined declined -> goTo(URI.create("/"), null);
      case Ended.Refused(String reason) -> throw unauthenticated(reason);
      case Ended.NotBegunHere elsewhere -> throw unauthenticated("not_begun_here");
      case Ended.IdpUnavailable unavailable -> throw unavailable();
    };
  }

  /** Under the name by which the browser came, which the edge has checked. */
  private static URI callback(HttpServletRequest request) {
    return ServletUriComponentsBuilder.fromRequestUri(request)
        .replacePath(CALLBACK)
        .replaceQuery(null)
        .build()
        .toUri();
  }

  private static ResponseEntity<Void> goTo(URI location, @Nullable ResponseCookie cookie) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.SEE_OTHER);
    answer.location(location);
    if (cookie != null) {
      answer.header(HttpHeaders.SET_COOKIE, cookie.toString());
    }
    return answer.build();
  }

  private static RefusedException unauthenticated(String reason) {
    return Refusal.of(ProblemCode.UNAUTHENTICATED).because(reason).thrown();
  }

  private static RefusedException unavailable() {
    return Refusal.of(ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE).thrown();
  }
}
