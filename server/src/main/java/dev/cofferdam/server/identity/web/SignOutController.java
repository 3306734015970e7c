package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.SignInLinks;
import dev.cofferdam.server.identity.SignOutCookie;
import dev.cofferdam.server.identity.oidc.RelyingParty;
import dev.cofferdam.server.identity.oidc.SignOutWay;
import dev.cofferdam.server.identity.provider.TenantSignIns;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The way to sign out at the identity provider too, when the session here is over. */
@RestController
class SignOutController {
  private final RelyingParty party;
  private final TenantSignIns signIns;

  SignOutController(RelyingParty party, TenantSignIns signIns) {
    this.party = party;
    this.signIns = signIns;
  }

  /**
   * Sends the browser to where it signs out at the identity provider, or back to the page that says
   * why it cannot. Ends no session here.
   *
   * @param provider the tenant's own provider; the platform's when absent
   */
  @GetMapping("/sign-out/provider")
  @Surface(
      summary = "Leads to where one signs out at the identity provider too.",
      access = Access.ANYONE,
      limit = "sign-in",
      action = "session.leave_provider",
      problems = ProblemCode.NOT_FOUND)
  ResponseEntity<Void> leave(
      @RequestParam(required = false) @Nullable UUID provider, HttpServletRequest request) {
    URI back = Redirects.to(request, SignInLinks.SIGNED_OUT);
    SignOutWay way =
        provider == null
            ? party.signOut(back)
            : signIns
                .signOut(new ProviderId(provider), back)
                .orElseThrow(() -> Refusal.notFound().thrown());
    return switch (way) {
      case SignOutWay.Redirect(URI location, String state) ->
          Redirects.to(location, SignOutCookie.of(state));
      case SignOutWay.None none -> Redirects.to(said("none"), null);
      case SignOutWay.IdpUnavailable unavailable -> Redirects.to(said("unavailable"), null);
    };
  }

  private static URI said(String outcome) {
    return URI.create(SignInLinks.SIGNED_OUT + "?outcome=" + outcome);
  }
}
