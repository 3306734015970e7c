package dev.cofferdam.node.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The address of a server, as somebody wrote it. */
public final class ServerAddress {
  private ServerAddress() {}

  /**
   * Its origin (RFC 6454): https, or http on this machine; without a path and without the usual
   * port, since that is what the server compares. Empty when it is none.
   */
  public static Optional<URI> origin(String text) {
    try {
      URI uri = new URI(text.strip());
      String scheme = uri.getScheme();
      String host = uri.getHost();
      boolean bare =
          (uri.getRawPath() == null || uri.getRawPath().matches("/?"))
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      if (scheme == null || host == null || !bare) {
        return Optional.empty();
      }
      boolean tls = scheme.equalsIgnoreCase("https");
      if (!tls && !(scheme.equalsIgnoreCase("http") && isThisMachine(host))) {
        return Optional.empty();
      }
      int usual = tls ? 443 : 80;
      String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
      return Optional.of(
          new URI((tls ? "https://" : "http://") + host.toLowerCase(Locale.ROOT) + port));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** By its text alone: nothing is looked up. */
  private static boolean isThisMachine(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }
}
