package dev.cofferdam.review.wire;

/**
 * Where a server listens.
 *
 * @param host a name or an address, without brackets
 */
public record Site(String host, int port) {

  /** As {@code Host} names it. */
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** As a browser names the pages that come from here (RFC 6454). */
  public String origin() {
    return "http://" + authority();
  }
}
