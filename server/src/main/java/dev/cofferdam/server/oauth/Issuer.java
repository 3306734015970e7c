package dev.cofferdam.server.oauth;

import java.util.List;

/**
 * The authorization server by the name under which it was asked: a token of one name is none at
 * another.
 *
 * @param origin scheme, host and, where it is not the usual one, port; without a slash at the end
 */
public record Issuer(String origin) {
  public Issuer {
    if (origin.endsWith("/")) {
      throw new IllegalArgumentException("an origin has no path");
    }
  }

  /** The one resource there is: this API. What tokens name as their audience. */
  public String resource() {
    return origin + "/";
  }

  /** An endpoint of it. */
  public String at(String path) {
    return origin + path;
  }

  /** Whether a request names this API and nothing else (RFC 8707): as a client writes an origin. */
  public boolean isOnlyResourceIn(List<String> resources) {
    return resources.stream().allMatch(one -> one.equals(origin) || one.equals(resource()));
  }
}
