package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.Arrival;
import dev.cofferdam.server.identity.ForeignIdentity;
import dev.cofferdam.server.identity.OpenedSession;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.SessionHandle;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.identity.SignInAim;
import dev.cofferdam.server.identity.SignInLinks;
import dev.cofferdam.server.identity.StepUps;
import dev.cofferdam.server.identity.oidc.CallbackAnswer;
import dev.cofferdam.server.identity.oidc.Ended;
import dev.cofferdam.server.identity.oidc.SignInFault;
import dev.cofferdam.server.identity.provider.TenantEnded;
import dev.cofferdam.server.identity.provider.TenantSignIns;
import dev.cofferdam.server.identity.provider.TrialOutcome;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RefusedException;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The way to a tenant's own identity provider and back. */
@RestController
class TenantSignInController {
  private final TenantSignIns signIns;
  private final Sessions sessions;
  private final StepUps stepUps;

  TenantSignInController(TenantSignIns signIns, Sessions sessions, StepUps stepUps) {
    this.signIns = signIns;
    this.sessions = sessions;
    this.stepUps = stepUps;
  }

  /**
   * Each provider has a place of its own: an answer of one that was asked for in the name of
   * another is known by where it comes to.
   */
  static String callback(ProviderId id) {
    return Redirects.CALLBACK + "/" + id;
  }

  /** Sends the browser to a tenant's own provider, to come back as one of its people. */
  @GetMapping("/sign-in/with/{provider}")
  @Surface(
      summary = "Begins a sign-in at a tenant's identity provider.",
      access = Access.ANYONE,
      limit = "sign-in",
      action = "session.begin",
      problems = {
        ProblemCode.INVALID_FIELD,
        ProblemCode.NOT_FOUND,
        ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE
      })
  ResponseEntity<Void> begin(
      @PathVariable UUID provider,
      @RequestParam(name = "return_to", defaultValue = "/workspaces") String returnTo,
      HttpServletRequest request) {
    ProviderId id = new ProviderId(provider);
    return Redirects.begun(
        signIns
            .begin(
                id, Redirects.to(request, callback(id)), back(returnTo), SignInCookie.in(request))
            .orElseThrow(() -> Refusal.notFound().thrown()));
  }

  /** Sends an owner to a provider of their tenant's, to see whether it works. */
  @GetMapping("/sign-in/trial/{provider}")
  @Surface(
      summary = "Begins a sign-in that tries an identity provider before it is activated.",
      access = Access.TENANT,
      roles = Role.OWNER,
      limit = "sign-in",
      action = "provider.try",
      problems = {
        ProblemCode.INVALID_FIELD,
        ProblemCode.NOT_FOUND,
        ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE
      })
  ResponseEntity<Void> tryOut(
      Caller.Person caller,
      @PathVariable UUID provider,
      @RequestParam(name = "return_to", defaultValue = "/home") String returnTo,
      HttpServletRequest request) {
    ProviderId id = new ProviderId(provider);
    return Redirects.begun(
        signIns
            .tryOut(
                caller,
                id,
                Redirects.to(request, callback(id)),
                back(returnTo),
                SignInCookie.in(request))
            .orElseThrow(() -> Refusal.notFound().thrown()));
  }

  private static ReturnPath back(String returnTo) {
    return ReturnPath.of(returnTo).orElseThrow(() -> Refusal.invalid("return_to").thrown());
  }

  /** Takes the browser back from a tenant's own provider. */
  @GetMapping(Redirects.CALLBACK + "/{provider}")
  @Surface(
      summary = "Takes the answer of a tenant's identity provider.",
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
      @PathVariable UUID provider,
      @RequestParam MultiValueMap<String, String> parameters,
      HttpServletRequest request) {
    CallbackAnswer answer =
        CallbackAnswer.of(parameters)
            .orElseThrow(() -> Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown());
    TenantEnded came =
        signIns.end(
            new ProviderId(provider),
            answer,
            SignInCookie.in(request).orElseThrow(() -> unauthenticated("begun_in_no_browser")));
    return switch (came) {
      case TenantEnded.OfPeople(Ended ended) -> ended(call, request, ended);
      case TenantEnded.OfTrial trial -> tried(call, trial);
    };
  }

  private ResponseEntity<Void> ended(Call call, HttpServletRequest request, Ended ended) {
    return switch (ended) {
      case Ended.SignedIn(ForeignIdentity who, var unverified, SignInAim aim, ReturnPath back) ->
          signedIn(call, request, who, aim, back);
      case Ended.Declined declined -> Redirects.to(URI.create("/"), null);
      case Ended.Refused(SignInFault fault) -> throw Redirects.refused(fault);
      case Ended.NotBegunHere elsewhere -> throw unauthenticated("not_begun_here");
      case Ended.IdpUnavailable unavailable -> throw Redirects.unavailable();
    };
  }

  /** To where the owner came from; what went wrong stands on the page of the provider. */
  private ResponseEntity<Void> tried(Call call, TenantEnded.OfTrial ended) {
    if (!(call.caller() instanceof Caller.Person owner) || !signIns.tried(call, owner, ended)) {
      throw unauthenticated("session_ended");
    }
    if (ended.result().outcome() == TrialOutcome.UNAVAILABLE) {
      throw Redirects.unavailable();
    }
    return Redirects.to(
        URI.create(
            ended.result().isThrough()
                ? ended.returnTo().text()
                : SignInLinks.provider(ended.trial().provider().id())),
        null);
  }

  private ResponseEntity<Void> signedIn(
      Call call, HttpServletRequest request, ForeignIdentity who, SignInAim aim, ReturnPath back) {
    URI next = URI.create(back.text());
    return switch (aim) {
      case SignInAim.At(var provider) ->
          Redirects.to(
              next,
              SessionCookie.of(
                  sessions
                      .openAt(provider, who, Arrival.of(call, request))
                      .map(OpenedSession::handle)
                      .orElseThrow(() -> unauthenticated("provider_inactive"))));
      case SignInAim.StepUpAt begun ->
          Redirects.to(next, SessionCookie.of(steppedUp(call, request, who, begun)));
      case SignInAim.Trial trial -> throw unauthenticated("not_begun_here");
      case SignInAim.AsPerson person -> throw unauthenticated("not_begun_here");
      case SignInAim.AsOperator operator -> throw unauthenticated("not_begun_here");
      case SignInAim.StepUp stepUp -> throw unauthenticated("not_begun_here");
    };
  }

  private SessionHandle steppedUp(
      Call call, HttpServletRequest request, ForeignIdentity who, SignInAim.StepUpAt begun) {
    if (!(call.caller() instanceof Caller.SignedIn caller)) {
      throw unauthenticated("session_ended");
    }
    return SignInController.handle(
        stepUps.renewAt(call, caller, PresentedSession.of(request), begun, who));
  }

  private static RefusedException unauthenticated(String reason) {
    return Refusal.of(ProblemCode.UNAUTHENTICATED).because(reason).thrown();
  }
}
