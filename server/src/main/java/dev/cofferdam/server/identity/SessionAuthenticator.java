package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Knows a caller by the session cookie.
 *
 * <p>A cookie that is no session (forged, ended, expired) makes nobody, as if it were not there:
 * the browser sends it along with everything, also with the way to a new one. What needs somebody
 * is refused to nobody.
 */
final class SessionAuthenticator implements Authenticator {
  private static final Duration SOON = Duration.ofSeconds(1);

  /** Where a script puts the token of its page. */
  static final String CSRF_HEADER = "Cofferdam-CSRF";

  /** Where a form has it. */
  static final String CSRF_FIELD = "_csrf";

  private static final Logger LOG = LoggerFactory.getLogger(SessionAuthenticator.class);
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Authentication NOBODY = new Authentication.Known(new Caller.Anonymous());

  private final RingMac ring;
  private final LiveSessions sessions;
  private final CsrfTokens tokens;
  private final ForgedHandles forged;

  SessionAuthenticator(
      RingMac ring, LiveSessions sessions, CsrfTokens tokens, ForgedHandles forged) {
    this.ring = ring;
    this.sessions = sessions;
    this.tokens = tokens;
    this.forged = forged;
  }

  @Override
  public Authentication authenticate(HttpServletRequest request) {
    List<String> shown = SessionCookie.in(request);
    if (shown.isEmpty()) {
      return NOBODY;
    }
    try {
      Optional<SessionHandle> handle = genuine(shown);
      if (handle.isEmpty()) {
        return forged.met(request);
      }
      SessionHandle.Hash hash = handle.get().hash();
      Optional<LiveSession> found = sessions.find(hash);
      return found.isEmpty() ? NOBODY : known(request, hash, found.get());
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Who calls cannot be known: {}", e.getMessage());
      return new Authentication.Refused(Refusal.of(ProblemCode.UNAVAILABLE).after(SOON));
    }
  }

  /** Told by its MAC alone: a forged handle costs no question to the database. */
  private Optional<SessionHandle> genuine(List<String> shown) {
    // Two cookies of one name are no browser's doing where the name begins with __Host-.
    return shown.size() == 1
        ? SessionHandle.ofText(shown.getFirst()).filter(handle -> handle.isMadeWith(ring))
        : Optional.empty();
  }

  private Authentication known(
      HttpServletRequest request, SessionHandle.Hash hash, LiveSession session) {
    Optional<Refusal> refusal =
        SAFE.contains(request.getMethod()) ? Optional.empty() : crossSite(request, session);
    if (refusal.isPresent()) {
      return new Authentication.Misused(session.caller(), refusal.get());
    }
    new PresentedSession(
            hash, () -> tokens.make(session.id(), session.workspace()), OwnOrigin.of(request))
        .keepIn(request);
    return new Authentication.Known(session.caller());
  }

  private Optional<Refusal> crossSite(HttpServletRequest request, LiveSession session) {
    if (!OwnOrigin.sent(request)) {
      return Optional.of(Refusal.of(ProblemCode.CROSS_SITE_REQUEST).because("foreign_origin"));
    }
    return switch (standing(request, session)) {
      case GOOD -> Optional.empty();
      case OF_ANOTHER_WORKSPACE -> Optional.of(Refusal.of(ProblemCode.WORKSPACE_CHANGED));
      case FORGED -> Optional.of(Refusal.of(ProblemCode.CROSS_SITE_REQUEST).because("csrf_token"));
    };
  }

  private CsrfTokens.Standing standing(HttpServletRequest request, LiveSession session) {
    String token = token(request);
    return token == null
        ? CsrfTokens.Standing.FORGED
        : tokens.check(token, session.id(), session.workspace());
  }

  private static @Nullable String token(HttpServletRequest request) {
    String header = request.getHeader(CSRF_HEADER);
    if (header != null) {
      return header;
    }
    String type = request.getContentType();
    // Asking any other request for a parameter would read a body that is somebody else's to read.
    return type != null && type.toLowerCase(java.util.Locale.ROOT).startsWith(FORM)
        ? request.getParameter(CSRF_FIELD)
        : null;
  }
}
