package dev.cofferdam.server.edge.wire;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** The header fields that every answer carries (OWASP Secure Headers). */
final class SecurityHeaders {
  private static final Map<String, String> ALWAYS = new LinkedHashMap<>();

  static {
    ALWAYS.put(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    ALWAYS.put("X-Content-Type-Options", "nosniff");
    ALWAYS.put("X-Frame-Options", "DENY");
    // Not `no-referrer`: with it browsers send `Origin: null` with our own forms.
    ALWAYS.put("Referrer-Policy", "same-origin");
    ALWAYS.put("Cross-Origin-Opener-Policy", "same-origin");
    ALWAYS.put("Cross-Origin-Resource-Policy", "same-origin");
    ALWAYS.put(
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()");
    // What may be kept says so itself.
    ALWAYS.put("Cache-Control", "no-store");
  }

  private SecurityHeaders() {}

  /** Sets them, whatever the answer will be. */
  static void set(Request request, HttpServletResponse response) {
    ALWAYS.forEach(response::setHeader);
    // On its own machine a browser would ask every other server for TLS from then on.
    if (request.isSecure() && !isLoopback(request.getServerName())) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private static boolean isLoopback(@Nullable String host) {
    return host == null || Perimeter.LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }
}
