package dev.cofferdam.server.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;

/**
 * What a handler needs of the session that a request was made in, beside its {@link
 * dev.cofferdam.server.surface.Caller}.
 */
public final class PresentedSession {
  private static final String ATTRIBUTE = PresentedSession.class.getName();

  private final SessionHandle.Hash hash;
  private final Supplier<String> csrfToken;
  private final String origin;

  /**
   * @param csrfToken made when it is asked for: most answers have no form
   */
  PresentedSession(SessionHandle.Hash hash, Supplier<String> csrfToken, String origin) {
    this.hash = hash;
    this.csrfToken = csrfToken;
    this.origin = origin;
  }

  /**
   * Of a request whose caller is a person with a session.
   *
   * @throws IllegalStateException when it was made in none: a defect of the handler's declaration
   */
  public static PresentedSession of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof PresentedSession presented) {
      return presented;
    }
    throw new IllegalStateException("the request was made in no session");
  }

  void keepIn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** By which handle the session was found. */
  SessionHandle.Hash hash() {
    return hash;
  }

  /** This server as the browser calls it, which the edge has checked: where links lead to. */
  public String origin() {
    return origin;
  }

  /** For the forms and scripts of the answer: bound to session and workspace. */
  public String csrfToken() {
    return csrfToken.get();
  }
}
