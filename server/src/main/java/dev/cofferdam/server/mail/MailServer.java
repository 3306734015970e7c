package dev.cofferdam.server.mail;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where letters are handed over. Off this machine only over TLS whose certificate is verified to be
 * that host's.
 */
record MailServer(String host, int port, Protection protection) {
  // By what is written, and never by what a resolver says.
  private static final Pattern THIS_MACHINE = Pattern.compile("localhost|::1|127(\\.\\d{1,3}){3}");

  /** How the connection is protected. */
  enum Protection {
    /** TLS from the first byte (RFC 8314). */
    TLS(465),
    /** TLS after a command, without which nothing is sent (RFC 3207). */
    STARTTLS(587),
    /** Not at all: to this machine. */
    NONE(25);

    private final int port;

    Protection(int port) {
      this.port = port;
    }
  }

  /**
   * @throws IllegalArgumentException when the text is no such address, or an unsafe one
   */
  static MailServer of(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
    String scheme = uri.getScheme();
    if (scheme == null
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || !(uri.getRawPath() == null || uri.getRawPath().isEmpty())
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw malformed();
    }
    Protection protection =
        switch (scheme) {
          case "smtps" -> Protection.TLS;
          case "smtp+starttls" -> Protection.STARTTLS;
          case "smtp" -> Protection.NONE;
          default -> throw malformed();
        };
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    requireEncrypted(protection, host);
    return new MailServer(host, uri.getPort() < 0 ? protection.port : uri.getPort(), protection);
  }

  private static void requireEncrypted(Protection protection, String host) {
    if (protection == Protection.NONE && !THIS_MACHINE.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "cofferdam.mail.server names the host `"
              + host
              + "`, which is not this machine: write `smtps://`, or `smtp+starttls://` for a server"
              + " that begins without TLS");
    }
  }

  /** Without the value: somebody may have written a password into it. */
  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "cofferdam.mail.server must have the form `smtps://host:port`, `smtp+starttls://host:port`"
            + " or, for this machine, `smtp://host:port`, without user and password");
  }
}
