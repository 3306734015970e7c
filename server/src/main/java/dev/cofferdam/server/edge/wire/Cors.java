package dev.cofferdam.server.edge.wire;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the pages of named origins call the API (Fetch standard, section 3.3), with a token and
 * never with a cookie. Where none is named nobody is let in, and no answer says otherwise.
 */
final class Cors {
  private final Set<String> origins;

  Cors(List<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  /** Sets what the answer needs, whatever it will be; whether the origin is one of those named. */
  boolean grant(HttpServletRequest request, HttpServletResponse response) {
    @Nullable String origin = request.getHeader("Origin");
    if (!origins.isEmpty()) {
      response.addHeader("Vary", "Origin");
    }
    if (origin == null || !isNamed(origin)) {
      return false;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader(
        "Access-Control-Expose-Headers",
        "Cofferdam-Request-Id, Cofferdam-Receipt, ETag, Link, Location, RateLimit,"
            + " RateLimit-Policy, Retry-After, WWW-Authenticate");
    return true;
  }

  private boolean isNamed(String origin) {
    return origins.contains(origin);
  }

  /** The rest of an answer to a preflight from an origin that was granted. */
  static void preflight(HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
    response.setHeader(
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, DPoP, Idempotency-Key, If-Match");
    response.setHeader("Access-Control-Max-Age", "600");
    response.setStatus(204);
  }
}
