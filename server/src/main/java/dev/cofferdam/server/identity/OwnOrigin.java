package dev.cofferdam.server.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/**
 * This server's origin (RFC 6454), and whether a request was sent by a page of it, as the browser
 * says.
 */
public final class OwnOrigin {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private OwnOrigin() {}

  /**
   * Whether the request names this server as its origin. Every browser names one with whatever
   * changes something; a request without is refused like one from elsewhere. The edge has checked
   * the host before.
   */
  static boolean sent(HttpServletRequest request) {
    List<String> origins = Collections.list(request.getHeaders("Origin"));
    return origins.size() == 1 && origins.getFirst().equals(of(request));
  }

  /** This server's own origin, by the name under which the request came. */
  public static String of(HttpServletRequest request) {
    String scheme = request.getScheme();
    int port = request.getServerPort();
    boolean usual = port == (scheme.equals("https") ? HTTPS : HTTP);
    return scheme + "://" + request.getServerName() + (usual ? "" : ":" + port);
  }
}
