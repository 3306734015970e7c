package dev.cofferdam.review.identity;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a browser does with a cookie that a host sets over TLS (RFC 6265bis): whether it keeps it,
 * and to which hosts it sends it.
 *
 * @param domain the host that set it, or the domain that it is for
 * @param ofHost whether it is for that host alone
 */
record CookieRules(String name, String value, String domain, boolean ofHost) {
  private static final String HOST = "__Host-";
  private static final String SECURE = "__Secure-";

  /**
   * The cookie as a browser keeps it; empty when it throws it away.
   *
   * @param set the field {@code Set-Cookie}
   * @param host that set it
   */
  static Optional<CookieRules> kept(String set, String host) {
    String[] parts = set.split(";");
    int equals = parts[0].indexOf('=');
    String name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
    String value = parts[0].substring(equals + 1).strip();
    @Nullable String domain = attribute(parts, "domain");
    boolean secure = attribute(parts, "secure") != null;
    if (domain != null && !isWithin(host, domain)
        || startsWith(name, HOST)
            && (!secure || domain != null || !"/".equals(attribute(parts, "path")))
        || startsWith(name, SECURE) && !secure
        // Without a name it would be sent as if its value were name and value.
        || name.isEmpty() && (startsWith(value, HOST) || startsWith(value, SECURE))) {
      return Optional.empty();
    }
    return Optional.of(
        new CookieRules(name, value, domain == null ? host : domain, domain == null));
  }

  /** Whether the browser sends it to {@code host}. */
  boolean goesTo(String host) {
    return ofHost ? host.equals(domain) : isWithin(host, domain);
  }

  /** As it stands in the field {@code Cookie}. */
  String sent() {
    return name.isEmpty() ? value : name + "=" + value;
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static boolean startsWith(String name, String prefix) {
    return name.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
  }

  /** An attribute without its value is empty text; one that is not there, null. */
  private static @Nullable String attribute(String[] parts, String wanted) {
    for (int n = 1; n < parts.length; n++) {
      String[] halves = parts[n].strip().split("=", 2);
      if (halves[0].equalsIgnoreCase(wanted)) {
        return halves.length < 2 ? "" : halves[1].strip().replaceFirst("^\\.", "");
      }
    }
    return null;
  }
}
