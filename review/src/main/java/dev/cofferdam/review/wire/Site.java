package dev.cofferdam.review.wire;

/**
 * Where a server listens.
 *
 * @param host a name or an address, without brackets
 * @param road how one gets there
 */
public record Site(String host, int port, Road road) {

  /** One that is spoken to in the clear. */
  public Site(String host, int port) {
    this(host, port, Road.PLAIN);
  }

  /** As {@code Host} names it. */
  public String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == road.usualPort() ? name : name + ":" + port;
  }

  /** As a browser names the pages that come from here (RFC 6454). */
  public String origin() {
    return road.scheme() + "://" + authority();
  }
}
