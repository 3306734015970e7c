package dev.cofferdam.server.identity.token;

import java.util.Optional;

/**
 * What the header field {@code Authorization} shows (RFC 9110, section 11.6.2): a scheme, which may
 * be written in any case, and a token. Read without a regular expression: of a request with an
 * access token that was most of what it cost to know its caller.
 *
 * <p>Not a record, so that it cannot be printed by mistake.
 */
final class ShownCredential {
  private static final String MARKS = "-._~+/=";
  private static final boolean[] ALLOWED = allowed();

  private final AccessTokenHolders.Scheme scheme;
  private final String token;

  private ShownCredential(AccessTokenHolders.Scheme scheme, String token) {
    this.scheme = scheme;
    this.token = token;
  }

  /** Empty for another scheme, and for what no token can be. */
  static Optional<ShownCredential> ofText(String field) {
    for (AccessTokenHolders.Scheme scheme : AccessTokenHolders.Scheme.values()) {
      int length = scheme.name().length();
      if (field.regionMatches(true, 0, scheme.name(), 0, length)) {
        return token(field, length).map(token -> new ShownCredential(scheme, token));
      }
    }
    return Optional.empty();
  }

  AccessTokenHolders.Scheme scheme() {
    return scheme;
  }

  /** Of the characters that RFC 6750, section 2.1 lets one have. */
  String token() {
    return token;
  }

  /** What comes after at least one space, if it is a token and nothing else. */
  private static Optional<String> token(String field, int from) {
    int begin = from;
    while (begin < field.length() && field.charAt(begin) == ' ') {
      begin++;
    }
    return begin > from && begin < field.length() && isToken(field, begin)
        ? Optional.of(field.substring(begin))
        : Optional.empty();
  }

  private static boolean isToken(String field, int from) {
    for (int at = from; at < field.length(); at++) {
      char one = field.charAt(at);
      if (one >= ALLOWED.length || !ALLOWED[one]) {
        return false;
      }
    }
    return true;
  }

  private static boolean[] allowed() {
    boolean[] allowed = new boolean[128];
    for (char one = 0; one < allowed.length; one++) {
      allowed[one] =
          one >= 'a' && one <= 'z'
              || one >= 'A' && one <= 'Z'
              || one >= '0' && one <= '9'
              || MARKS.indexOf(one) >= 0;
    }
    return allowed;
  }
}
