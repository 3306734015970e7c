package dev.cofferdam.server.egress;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and port that requests may go to although the address is private or the port unusual.
 *
 * @param host a name in lower case, or an address as it stands in a URL, without brackets
 */
public record NamedDestination(String host, int port) {
  private static final Pattern FORM = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]+):(\\d{1,5})");

  public NamedDestination {
    if (Hosts.spelling(host) == Hosts.Spelling.REFUSED) {
      throw new IllegalArgumentException("`" + host + "` is no host that a request can go to");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("`" + port + "` is no port");
    }
  }

  /**
   * Reads {@code host:port} or {@code [address]:port}.
   *
   * @throws IllegalArgumentException with a sentence when it is neither
   */
  static NamedDestination of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("`" + text + "` is not of the form `host:port`");
    }
    return new NamedDestination(
        matcher.group(1).replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT),
        Integer.parseInt(matcher.group(2)));
  }
}
