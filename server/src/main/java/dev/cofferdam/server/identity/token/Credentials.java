package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.limits.Requester;
import dev.cofferdam.server.limits.Taking;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Knows a caller by whichever credential the request shows: a token in the header field {@code
 * Authorization} (RFC 6750, section 2.1; there is no other place for one), one of ours or one of
 * the authorization server's, or the cookie of a session. Never by two: whose request it is would
 * depend on who looks.
 *
 * <p>No browser sends a token by itself, so a request with one need not show where it comes from. A
 * token that is none ends the request, also where anyone may call: whoever shows one means it.
 */
public final class Credentials implements Authenticator {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final String FIELD = "Authorization";
  private static final String LIMIT = "failed-authentication";
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  private final Authenticator sessions;
  private final RingMac ring;
  private final LiveTokens tokens;
  private final AccessTokenHolders accessTokens;
  private final Limits limits;

  /**
   * @param sessions knows a caller by the cookie alone
   */
  Credentials(
      Authenticator sessions,
      RingMac ring,
      LiveTokens tokens,
      AccessTokenHolders accessTokens,
      Limits limits) {
    this.sessions = sessions;
    this.ring = ring;
    this.tokens = tokens;
    this.accessTokens = accessTokens;
    this.limits = limits;
  }

  @Override
  public Authentication authenticate(HttpServletRequest request) {
    List<String> fields = Collections.list(request.getHeaders(FIELD));
    if (fields.isEmpty()) {
      return sessions.authenticate(request);
    }
    if (isAmbiguous(request, fields)) {
      return new Authentication.Refused(Refusal.of(ProblemCode.AMBIGUOUS_CREDENTIALS));
    }
    try {
      return ShownCredential.ofText(fields.getFirst())
          .map(shown -> of(shown, request))
          .orElseGet(() -> refused(request, ProblemCode.INVALID_TOKEN));
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Who calls cannot be known: {}", e.getMessage());
      return new Authentication.Refused(Refusal.of(ProblemCode.UNAVAILABLE).after(SOON));
    }
  }

  private static boolean isAmbiguous(HttpServletRequest request, List<String> fields) {
    return fields.size() > 1 || SessionCookie.isShownIn(request);
  }

  private Authentication of(ShownCredential shown, HttpServletRequest request) {
    String token = shown.token();
    AccessTokenHolders.Scheme scheme = shown.scheme();
    if (scheme == AccessTokenHolders.Scheme.BEARER && BearerToken.isLike(token)) {
      return genuine(token)
          .flatMap(tokens::find)
          .<Authentication>map(Authentication.Known::new)
          .orElseGet(() -> refused(request, ProblemCode.INVALID_TOKEN));
    }
    return switch (accessTokens.find(token, scheme, request)) {
      case AccessTokenHolders.Shown.Held(Caller caller) -> new Authentication.Known(caller);
      case AccessTokenHolders.Shown.Invalid invalid -> refused(request, ProblemCode.INVALID_TOKEN);
      case AccessTokenHolders.Shown.Unproven unproven ->
          refused(request, ProblemCode.INVALID_DPOP_PROOF);
      case AccessTokenHolders.Shown.TooOften(Duration wait) ->
          new Authentication.Refused(Refusal.of(ProblemCode.RATE_LIMITED).after(wait));
    };
  }

  /** Told by its MAC alone: a forged token costs no question to the database. */
  private Optional<BearerToken> genuine(String token) {
    return BearerToken.ofText(token).filter(made -> made.isMadeWith(ring));
  }

  /** The same answer whatever is wrong with it; and a 429 for who sends many such. */
  private Authentication refused(HttpServletRequest request, ProblemCode code) {
    InetAddress address = InetAddress.ofLiteral(request.getRemoteAddr());
    return new Authentication.Refused(
        switch (limits.take(LIMIT, new Requester.Stranger(address))) {
          case Taking.Taken taken -> Refusal.of(code);
          case Taking.Exhausted exhausted ->
              Refusal.of(ProblemCode.RATE_LIMITED).after(exhausted.retryAfter());
        });
  }
}
