package dev.cofferdam.server.egress;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a URL leads, read strictly: no user, no fragment, no backslash, no blank, no climbing path,
 * nothing but ASCII. What is left has one meaning to every parser.
 *
 * @param host in lower case, an IPv6 address without brackets
 * @param target path and query, as they are sent
 */
record Destination(boolean secure, String host, int port, String target) {
  private static final int LONGEST = 4096;

  /**
   * RFC 3986, section 3.3 and 3.4, without anything that some parser rewrites. Each repetition is
   * of one class of characters: Java's alternatives recurse, and a long URL would end the stack.
   */
  private static final Pattern URL =
      Pattern.compile(
          "(https?)://(\\[[0-9A-Fa-f:]+]|[0-9A-Za-z.-]+)(?::([1-9]\\d{0,4}))?"
              + "((?:/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*)?(?:\\?[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?)");

  private static final Pattern HALF_ENCODED = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern CLIMBS = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|%2f|$)");

  static Optional<Destination> of(String url) {
    Matcher matcher = url.length() > LONGEST ? null : URL.matcher(url);
    if (matcher == null || !matcher.matches()) {
      return Optional.empty();
    }
    boolean secure = matcher.group(1).equals("https");
    String host = matcher.group(2).replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
    int port = matcher.group(3) == null ? secure ? 443 : 80 : Integer.parseInt(matcher.group(3));
    String target = matcher.group(4);
    if (port > 65_535
        || Hosts.spelling(host) == Hosts.Spelling.REFUSED
        || HALF_ENCODED.matcher(target).find()
        || CLIMBS.matcher(target.split("\\?", 2)[0]).find()) {
      return Optional.empty();
    }
    return Optional.of(
        new Destination(secure, host, port, target.startsWith("/") ? target : "/" + target));
  }

  NamedDestination named() {
    return new NamedDestination(host, port);
  }

  boolean literal() {
    return Hosts.spelling(host) == Hosts.Spelling.ADDRESS;
  }
}
