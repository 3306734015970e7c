package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.oidc.BrowserHandle;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * What a browser is known by on its way to the identity provider and back. It is no session: it
 * says that the browser that comes back is the one that went.
 */
final class SignInCookie {
  static final String NAME = "__Host-cofferdam-sign-in";

  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private SignInCookie() {}

  /** To be set. Lax, since the way back is a link from another site. */
  static ResponseCookie of(BrowserHandle browser) {
    return ResponseCookie.from(NAME, browser.text())
        .secure(true)
        .httpOnly(true)
        .path("/")
        .sameSite("Lax")
        .maxAge(LIFETIME)
        .build();
  }

  /** The handle that the browser brought along, if it is one. */
  static Optional<BrowserHandle> in(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    List<String> values =
        cookies == null
            ? List.of()
            : Stream.of(cookies)
                .filter(cookie -> cookie.getName().equals(NAME))
                .map(Cookie::getValue)
                .toList();
    return values.size() == 1 ? BrowserHandle.of(values.getFirst()) : Optional.empty();
  }
}
