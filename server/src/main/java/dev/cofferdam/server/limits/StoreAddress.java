package dev.cofferdam.server.limits;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the shared store is. Off this machine only over TLS whose certificate is verified to be
 * that host's.
 *
 * @param trustedRoots a PEM file of the authorities that vouch for the host; null without TLS
 */
record StoreAddress(String host, int port, @Nullable Path trustedRoots) {
  private static final int DEFAULT_PORT = 6379;
  // By what is written, and never by what a resolver says.
  private static final Pattern THIS_MACHINE = Pattern.compile("localhost|::1|127(\\.\\d{1,3}){3}");

  /**
   * @throws IllegalArgumentException when the text is no such address, or an unsafe one
   */
  static StoreAddress of(String text, @Nullable Path trustedRoots) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
    boolean encrypted = "rediss".equals(uri.getScheme());
    if ((!encrypted && !"redis".equals(uri.getScheme()))
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || !(uri.getRawPath() == null || uri.getRawPath().isEmpty())
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw malformed();
    }
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    requireEncrypted(host, encrypted);
    if (encrypted != (trustedRoots != null)) {
      throw new IllegalArgumentException(
          "cofferdam.limits.store with `rediss://` needs store-trusted-roots, and with `redis://`"
              + " has no use for it");
    }
    return new StoreAddress(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), trustedRoots);
  }

  /** INVARIANT: what leaves this machine is encrypted, and whoever gets it is verified. */
  private static void requireEncrypted(String host, boolean encrypted) {
    if (!encrypted && !THIS_MACHINE.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "cofferdam.limits.store names the host `"
              + host
              + "`, which is not this machine: write `rediss://` and set store-trusted-roots to a PEM"
              + " file of the authority that signed its certificate");
    }
  }

  /** Without the value: somebody may have written a password into it. */
  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "cofferdam.limits.store must have the form `redis://host:port` or `rediss://host:port`,"
            + " without user and password");
  }
}
