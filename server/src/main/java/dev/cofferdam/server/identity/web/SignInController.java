package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.Arrival;
import dev.cofferdam.server.identity.ForeignIdentity;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.SessionHandle;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.identity.SignInAim;
import dev.cofferdam.server.identity.StepUpOutcome;
import dev.cofferdam.server.identity.StepUps;
import dev.cofferdam.server.identity.oidc.BrowserHandle;
import dev.cofferdam.server.identity.oidc.CallbackAnswer;
import dev.cofferdam.server.identity.oidc.Ended;
import dev.cofferdam.server.identity.oidc.RelyingParty;
import dev.cofferdam.server.identity.oidc.SignInFault;
import dev.cofferdam.server.identity.oidc.SignInRequest;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RefusedException;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The way to the identity provider and back. */
@RestController
class SignInController {
  private final RelyingParty party;
  private final Sessions sessions;
  private final StepUps stepUps;

  SignInController(RelyingParty party, Sessions sessions, StepUps stepUps) {
    this.party = party;
    this.sessions = sessions;
    this.stepUps = stepUps;
  }

  /**
   * Sends the browser to the identity provider.
   *
   * @param acrValues the class that the sign-in is to reach, as challenges name it; any when absent
   * @param returnTo the path to go on to afterwards
   */
  @GetMapping("/sign-in")
  @Surface(
      summary = "Begins a sign-in at the platform's identity provider.",
      access = Access.ANYONE,
      limit = "sign-in",
      action = "session.begin",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE})
  ResponseEntity<Void> begin(
      @RequestParam(name = "acr_values", defaultValue = "single_factor") String acrValues,
      @RequestParam(name = "return_to", defaultValue = "/") String returnTo,
      HttpServletRequest request) {
    return Redirects.begun(
        party.begin(
            new SignInRequest(
                Redirects.callback(request),
                back(returnTo),
                new SignInAim.AsPerson(),
                null,
                party.valuesOf(Names.acr("acr_values", acrValues))),
            SignInCookie.in(request)));
  }

  /**
   * The same for operators, who are named by the identity provider and sign in with more than one
   * factor.
   *
   * @param returnTo the path to go on to afterwards
   */
  @GetMapping("/operator/sign-in")
  @Surface(
      summary = "Begins the sign-in of an operator.",
      access = Access.ANYONE,
      limit = "sign-in",
      action = "session.begin",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE})
  ResponseEntity<Void> beginAsOperator(
      @RequestParam(name = "return_to", defaultValue = "/operator") String returnTo,
      HttpServletRequest request) {
    return Redirects.begun(
        party.begin(
            new SignInRequest(
                Redirects.callback(request),
                back(returnTo),
                new SignInAim.AsOperator(),
                null,
                party.valuesOf(AcrClass.MULTI_FACTOR)),
            SignInCookie.in(request)));
  }

  private static ReturnPath back(String text) {
    return ReturnPath.of(text).orElseThrow(() -> Refusal.invalid("return_to").thrown());
  }

  /**
   * Takes the browser back, and begins the session of whoever has proven who they are, or makes the
   * one that there is stronger.
   */
  @GetMapping(Redirects.CALLBACK)
  @Surface(
      summary = "Takes the answer of the platform's identity provider.",
      access = Access.ANYONE,
      limit = "sign-in",
      action = "session.begin",
      problems = {
        ProblemCode.MALFORMED_REQUEST,
        ProblemCode.UNAUTHENTICATED,
        ProblemCode.SIGN_IN_NOT_AS_ASKED,
        ProblemCode.FORBIDDEN,
        ProblemCode.WORKSPACE_CHANGED,
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
      case Ended.SignedIn(
              ForeignIdentity who,
              var unverified,
              SignInAim aim,
              ReturnPath returnTo) ->
          Redirects.to(
              URI.create(returnTo.text()), SessionCookie.of(handle(call, request, who, aim)));
      // Not to where they wanted: that may send them straight back here.
      case Ended.Declined declined -> Redirects.to(URI.create("/"), null);
      case Ended.Refused(SignInFault fault) -> throw Redirects.refused(fault);
      case Ended.NotBegunHere elsewhere -> throw unauthenticated("not_begun_here");
      case Ended.IdpUnavailable unavailable -> throw Redirects.unavailable();
    };
  }

  private SessionHandle handle(
      Call call, HttpServletRequest request, ForeignIdentity who, SignInAim aim) {
    return switch (aim) {
      case SignInAim.AsPerson person -> sessions.open(who, Arrival.of(call, request)).handle();
      case SignInAim.AsOperator operator ->
          sessions
              .openAsOperator(who, Arrival.of(call, request))
              .orElseThrow(() -> forbidden("no_operator"))
              .handle();
      case SignInAim.StepUp begun -> steppedUp(call, request, who, begun);
      // Such an answer comes to the place of its provider, and is not redeemed at this one.
      case SignInAim.At at -> throw unauthenticated("not_begun_here");
      case SignInAim.StepUpAt at -> throw unauthenticated("not_begun_here");
      case SignInAim.Trial trial -> throw unauthenticated("not_begun_here");
    };
  }

  private SessionHandle steppedUp(
      Call call, HttpServletRequest request, ForeignIdentity who, SignInAim.StepUp begun) {
    if (!(call.caller() instanceof Caller.SignedIn caller)) {
      throw unauthenticated("session_ended");
    }
    StepUpOutcome outcome = stepUps.renew(call, caller, PresentedSession.of(request), begun, who);
    if (outcome instanceof StepUpOutcome.NoOperator) {
      sessions.end(call, caller, caller.session());
    }
    return handle(outcome);
  }

  /** The session's new handle, or why it has none. */
  static SessionHandle handle(StepUpOutcome outcome) {
    return switch (outcome) {
      case StepUpOutcome.Renewed(SessionHandle handle) -> handle;
      case StepUpOutcome.NoOperator no -> throw forbidden("no_operator");
      case StepUpOutcome.AnotherPerson no -> throw forbidden("another_person");
      case StepUpOutcome.AnotherSession no -> throw forbidden("another_session");
      case StepUpOutcome.WorkspaceChanged elsewhere ->
          throw Refusal.of(ProblemCode.WORKSPACE_CHANGED).thrown();
      case StepUpOutcome.Ended ended -> throw unauthenticated("session_ended");
    };
  }

  private static RefusedException unauthenticated(String reason) {
    return Refusal.of(ProblemCode.UNAUTHENTICATED).because(reason).thrown();
  }

  private static RefusedException forbidden(String reason) {
    return Refusal.of(ProblemCode.FORBIDDEN).because(reason).thrown();
  }
}
