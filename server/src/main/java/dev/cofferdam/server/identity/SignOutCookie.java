package dev.cofferdam.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * What a browser is known by that went to sign out at an identity provider: the state that it is to
 * come back with. It is no credential; without it anybody's link could say that somebody signed out
 * there.
 */
public final class SignOutCookie {
  public static final String NAME = "__Host-cofferdam-sign-out";

  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private SignOutCookie() {}

  public static ResponseCookie of(String state) {
    return ResponseCookie.from(NAME, state)
        .secure(true)
        .httpOnly(true)
        .path("/")
        .sameSite("Lax")
        .maxAge(LIFETIME)
        .build();
  }

  /** Whether the browser went with this state. */
  public static boolean isOf(HttpServletRequest request, String state) {
    Cookie[] cookies = request.getCookies();
    return cookies != null
        && Stream.of(cookies)
            .filter(cookie -> cookie.getName().equals(NAME))
            .anyMatch(
                cookie ->
                    MessageDigest.isEqual(
                        cookie.getValue().getBytes(US_ASCII), state.getBytes(US_ASCII)));
  }
}
