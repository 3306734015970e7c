package dev.cofferdam.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URLEncoder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a browser goes on to after it was elsewhere: a path of this server, and never another host,
 * in no browser's reading of it.
 */
public record ReturnPath(String text) {
  /** What a client may ask of the authorization server fits in. */
  public static final int LONGEST = 2000;

  private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9._~-][A-Za-z0-9._~/?=&%-]*)?");

  /** The front page. */
  public static final ReturnPath ROOT = new ReturnPath("/");

  public ReturnPath {
    if (!isPath(text)) {
      throw new IllegalArgumentException("the way back is a path of this server");
    }
  }

  /** The path that {@code text} is, if it is one. */
  public static Optional<ReturnPath> of(String text) {
    return isPath(text) ? Optional.of(new ReturnPath(text)) : Optional.empty();
  }

  private static boolean isPath(String text) {
    return text.length() <= LONGEST && PATH.matcher(text).matches();
  }

  /** As the value of a parameter. */
  String encoded() {
    return URLEncoder.encode(text, US_ASCII);
  }

  @Override
  public String toString() {
    return text;
  }
}
