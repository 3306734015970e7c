package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.surface.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/**
 * Port: who shows an access token. The authorization server fills it. Safe for use by many threads.
 */
public interface AccessTokenHolders {

  /** By which scheme of {@code Authorization} a token is shown. */
  enum Scheme {
    /** RFC 6750: whoever has the token is its holder. */
    BEARER,
    /** RFC 9449: it is bound to a key, of which the request has a proof. */
    DPOP
  }

  /** What a token came to. */
  sealed interface Shown {
    record Held(Caller caller) implements Shown {}

    /** It is none, or not any more, or not in this way. */
    record Invalid() implements Shown {}

    /** It is one, and the proof beside it is none. */
    record Unproven() implements Shown {}

    /** It is one, and its key has been shown too often. */
    record TooOften(Duration retryAfter) implements Shown {}
  }

  /**
   * Who shows {@code token} in this request.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  Shown find(String token, Scheme scheme, HttpServletRequest request);
}
