package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.SignInLinks;
import dev.cofferdam.server.identity.SignOutCookie;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What signing out came to, here and at the identity provider. */
@RestController
class SignOutPages {
  private final Pages pages;

  SignOutPages(Pages pages) {
    this.pages = pages;
  }

  /**
   * The page after the session has ended, and after the identity provider was visited.
   *
   * @param provider the tenant's own provider that the session began at; the platform's when absent
   * @param state what the browser went to the provider with, when it comes back from there
   * @param outcome {@code none} or {@code unavailable}, when it could not be sent there
   */
  @GetMapping(path = SignInLinks.SIGNED_OUT, produces = "text/html;charset=UTF-8")
  @Surface(
      summary = "Page: what signing out came to.",
      access = Access.ANYONE,
      limit = "public",
      action = "console.signed_out")
  String signedOut(
      Call call,
      @RequestParam(required = false) @Nullable UUID provider,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String outcome,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (call.caller().person().isPresent()) {
      return Redirect.to("/", response);
    }
    boolean there = state != null && SignOutCookie.isOf(request, state);
    return pages.render(
        "signed_out",
        "Signed out",
        SignInLinks.SIGNED_OUT,
        call,
        null,
        Map.of(
            "said",
            there ? "You are signed out here and at your identity provider." : here(outcome),
            "way",
            there || outcome != null
                ? ""
                : "/sign-out/provider" + (provider == null ? "" : "?provider=" + provider),
            "back",
            provider == null ? "/sign-in" : "/sign-in/with/" + provider));
  }

  private static String here(@Nullable String outcome) {
    if ("none".equals(outcome)) {
      return "You are signed out here. Your identity provider has no place to sign out at: close"
          + " the browser if others use it too.";
    }
    return "unavailable".equals(outcome)
        ? "You are signed out here. Your identity provider cannot be reached now: close the browser"
            + " if others use it too."
        : "You are signed out here. Your identity provider may still know this browser: whoever uses"
            + " it next might sign in as you without being asked.";
  }
}
