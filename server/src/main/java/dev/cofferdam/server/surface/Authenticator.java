package dev.cofferdam.server.surface;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Says who calls. Identity fills this port, the edge asks it once for every request that has a
 * handler. Safe for use by many threads.
 */
public interface Authenticator {

  /**
   * Looks at the credentials of the request, and for one with a session that changes something also
   * at its origin and CSRF token. Reads no body but that of a form. Throws nothing for what a
   * client can send; when it cannot be known who calls, the answer is {@link
   * Authentication.Refused} with {@link ProblemCode#UNAVAILABLE}, never a guess.
   */
  Authentication authenticate(HttpServletRequest request);
}
