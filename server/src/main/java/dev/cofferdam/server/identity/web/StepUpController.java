package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.ProviderRef;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.identity.SignInAim;
import dev.cofferdam.server.identity.oidc.RelyingParty;
import dev.cofferdam.server.identity.oidc.SignInRequest;
import dev.cofferdam.server.identity.provider.TenantSignIns;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signing in again, in the session that there is, as a challenge asked (RFC 9470). */
@RestController
class StepUpController {
  private static final int LONGEST_AGE = 86_400;

  private final RelyingParty party;
  private final TenantSignIns signIns;
  private final Sessions sessions;

  StepUpController(RelyingParty party, TenantSignIns signIns, Sessions sessions) {
    this.party = party;
    this.signIns = signIns;
    this.sessions = sessions;
  }

  /**
   * Sends the browser to the provider that its session began at, to come back with a new one: for
   * who has signed in less strongly than a tenant asks of its people.
   *
   * @param acrValues the class that is to be reached
   * @param returnTo the path to go on to afterwards
   */
  @GetMapping("/sign-in/again")
  @Surface(
      summary = "Begins a new session at the provider that this one began at.",
      access = Access.PERSON,
      limit = "sign-in",
      action = "session.begin",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE})
  ResponseEntity<Void> beginAgain(
      Caller.SignedIn caller,
      @RequestParam(name = "acr_values", defaultValue = "multi_factor") String acrValues,
      @RequestParam(name = "return_to", defaultValue = "/workspaces") String returnTo,
      HttpServletRequest request) {
    ReturnPath back = back(returnTo);
    AcrClass least = Names.acr("acr_values", acrValues);
    Optional<ProviderRef> own = sessions.provider(caller);
    if (own.isPresent()) {
      // It asks for as much as its tenant does, whatever the link says.
      return Redirects.begun(
          signIns
              .begin(
                  own.get().id(),
                  Redirects.to(request, TenantSignInController.callback(own.get().id())),
                  back,
                  SignInCookie.in(request))
              .orElseThrow(Redirects::unavailable));
    }
    return atPlatforms(request, back, new SignInAim.AsPerson(), null, least);
  }

  /**
   * Sends the browser to the identity provider, to come back to the same session.
   *
   * @param acrValues as the challenge has it: one of our own classes
   * @param maxAge as the challenge has it, in seconds; absent when any age will do
   * @param returnTo the path to go on to afterwards, with GET: nothing is sent again by itself
   */
  @GetMapping("/step-up")
  @Surface(
      summary = "Begins a stronger or newer sign-in within the session.",
      access = Access.PERSON,
      limit = "sign-in",
      action = "session.step_up",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE})
  ResponseEntity<Void> begin(
      Caller.SignedIn caller,
      @RequestParam(name = "acr_values", defaultValue = "multi_factor") String acrValues,
      @RequestParam(name = "max_age", required = false) @Nullable Integer maxAge,
      @RequestParam(name = "return_to", defaultValue = "/") String returnTo,
      HttpServletRequest request) {
    if (maxAge != null && (maxAge < 0 || maxAge > LONGEST_AGE)) {
      throw Refusal.invalid("max_age").thrown();
    }
    ReturnPath back = back(returnTo);
    AcrClass least = Names.acr("acr_values", acrValues);
    @Nullable Duration age = maxAge == null ? null : Duration.ofSeconds(maxAge);
    Optional<ProviderRef> own = sessions.provider(caller);
    if (own.isPresent()) {
      return Redirects.begun(
          signIns
              .stepUp(
                  caller,
                  own.get(),
                  least,
                  age,
                  Redirects.to(request, TenantSignInController.callback(own.get().id())),
                  back,
                  SignInCookie.in(request))
              .orElseThrow(Redirects::unavailable));
    }
    return atPlatforms(
        request, back, new SignInAim.StepUp(caller.session(), caller.tenant()), age, least);
  }

  private ResponseEntity<Void> atPlatforms(
      HttpServletRequest request,
      ReturnPath back,
      SignInAim aim,
      @Nullable Duration age,
      AcrClass least) {
    return Redirects.begun(
        party.begin(
            new SignInRequest(Redirects.callback(request), back, aim, age, party.valuesOf(least)),
            SignInCookie.in(request)));
  }

  private static ReturnPath back(String returnTo) {
    return ReturnPath.of(returnTo).orElseThrow(() -> Refusal.invalid("return_to").thrown());
  }
}
