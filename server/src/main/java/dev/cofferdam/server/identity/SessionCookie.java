package dev.cofferdam.server.identity;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.ResponseCookie;

/**
 * The one cookie of a browser that is signed in. Its name makes browsers take it from this very
 * host alone, for every path and over a connection that they hold secure, which plain http to
 * loopback is too (docs/adr/0026).
 */
public final class SessionCookie {
  public static final String NAME = "__Host-cofferdam";

  private SessionCookie() {}

  /** To be set: the browser forgets it when it is closed, and the server whenever it chooses. */
  public static ResponseCookie of(SessionHandle handle) {
    return with(handle.text()).build();
  }

  /** To be set when the session is over. */
  public static ResponseCookie cleared() {
    return with("").maxAge(0).build();
  }

  private static ResponseCookie.ResponseCookieBuilder with(String value) {
    return ResponseCookie.from(NAME, value)
        .secure(true)
        .httpOnly(true)
        .path("/")
        // Lax and not Strict: whoever comes by a link, or back from the identity provider, is
        // signed in. What changes something is held by origin and CSRF token, not by this.
        .sameSite("Lax");
  }

  /** Whether the request has one, whatever it is worth. */
  public static boolean isShownIn(HttpServletRequest request) {
    return !in(request).isEmpty();
  }

  /** Every value that the request has under the name: more than one is nobody's. */
  static List<String> in(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return List.of();
    }
    List<String> values = new ArrayList<>(1);
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(NAME)) {
        values.add(cookie.getValue());
      }
    }
    return values;
  }
}
