package dev.cofferdam.server.identity.idp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * A place that browsers are sent back to: this server's public port on loopback.
 *
 * @param port the public port, known when the server has started
 * @param path of the callback there
 */
record Callback(IntSupplier port, String path) {
  private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1|localhost|\\[::1]");

  /** Another place there. */
  Callback at(String other) {
    return new Callback(port, other);
  }

  /** The redirect of these letters, if it leads there. */
  Optional<URI> of(String text) {
    try {
      URI uri = new URI(text);
      boolean ours =
          ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null
              && LOOPBACK.matcher(uri.getHost()).matches()
              && uri.getPort() == port.getAsInt()
              && path.equals(uri.getRawPath())
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      return ours ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
