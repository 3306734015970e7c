package dev.cofferdam.server.oauth.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer to an authorization request may go: with TLS, to this person's own machine (RFC
 * 8252, section 7.3), or to an app by a scheme that is the reverse of a domain (section 7.1).
 * Nothing a browser would run, no pattern, and nothing that two readers could read differently.
 */
public record RedirectUri(String text) {
  private static final int LONGEST = 500;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
  // What RFC 3986 lets stand for itself; `%` and two digits for the rest. No `#`, no `\`, no `*`.
  private static final Pattern CHARACTERS =
      Pattern.compile("([A-Za-z0-9._~:/?@!$&'()+,;=\\[\\]-]|%[0-9A-Fa-f]{2})+");
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");
  private static final Pattern APP_SCHEME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+");
  private static final Pattern DOTS = Pattern.compile(".*/\\.\\.?(/.*)?");

  public RedirectUri {
    if (kind(text).isEmpty()) {
      throw new IllegalArgumentException("answers go to https, to loopback, or to an app's scheme");
    }
  }

  /** What sort of place it is. */
  public enum Kind {
    WEB,
    LOOPBACK,
    APP
  }

  /** The place that {@code text} is, if answers may go there. */
  public static Optional<RedirectUri> of(String text) {
    return kind(text).isPresent() ? Optional.of(new RedirectUri(text)) : Optional.empty();
  }

  public Kind kind() {
    return kind(text).orElseThrow();
  }

  private static Optional<Kind> kind(String text) {
    if (text.length() > LONGEST || !CHARACTERS.matcher(text).matches()) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException noUri) {
      return Optional.empty();
    }
    @Nullable String scheme = uri.getScheme();
    if (scheme == null || uri.getRawUserInfo() != null || hasDots(uri)) {
      return Optional.empty();
    }
    return switch (scheme) {
      case "https" -> isHost(uri) ? Optional.of(Kind.WEB) : Optional.empty();
      case "http" -> isLoopback(uri) ? Optional.of(Kind.LOOPBACK) : Optional.empty();
      default ->
          APP_SCHEME.matcher(scheme).matches() && uri.getRawAuthority() == null && !uri.isOpaque()
              ? Optional.of(Kind.APP)
              : Optional.empty();
    };
  }

  private static boolean hasDots(URI uri) {
    @Nullable String path = uri.getRawPath();
    return path != null
        && DOTS.matcher(path.toLowerCase(Locale.ROOT).replace("%2e", ".")).matches();
  }

  private static boolean isHost(URI uri) {
    @Nullable String host = uri.getHost();
    return host != null && HOST.matcher(host).matches() && isPort(uri);
  }

  private static boolean isLoopback(URI uri) {
    @Nullable String host = uri.getHost();
    return host != null && LOOPBACK.contains(host) && isPort(uri);
  }

  private static boolean isPort(URI uri) {
    @Nullable String authority = uri.getRawAuthority();
    return authority != null
        && !authority.endsWith(":")
        && (uri.getPort() == -1 || uri.getPort() > 0 && uri.getPort() <= 65_535);
  }

  /**
   * Whether an answer may go to {@code asked} when this is registered: the same text; on this
   * person's own machine at any port, since a program there takes the one that is free.
   */
  public boolean allows(RedirectUri asked) {
    return text.equals(asked.text)
        || kind() == Kind.LOOPBACK
            && asked.kind() == Kind.LOOPBACK
            && withoutPort(text).equals(withoutPort(asked.text));
  }

  private static String withoutPort(String loopback) {
    int port = URI.create(loopback).getPort();
    return port < 0 ? loopback : loopback.replaceFirst(":" + port + "(?=[/?]|$)", "");
  }

  /** As a person is told where the answer goes: the host, or the app's scheme. */
  public String place() {
    URI uri = URI.create(text);
    return switch (kind()) {
      case WEB -> uri.getAuthority();
      case LOOPBACK -> "this computer";
      case APP -> uri.getScheme();
    };
  }

  /**
   * As a content security policy names it (CSP, section 2.3.1), which has no way to write an
   * address of IPv6.
   */
  public String source() {
    URI uri = URI.create(text);
    return kind() == Kind.APP || uri.getHost().startsWith("[")
        ? uri.getScheme() + ":"
        : uri.getScheme() + "://" + uri.getRawAuthority();
  }

  /** This, with parameters behind those that it may have (RFC 6749, section 4.1.2). */
  public String with(String parameters) {
    return text + (text.contains("?") ? "&" : "?") + parameters;
  }

  @Override
  public String toString() {
    return text;
  }
}
