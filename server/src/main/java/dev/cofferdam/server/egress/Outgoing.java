package dev.cofferdam.server.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request to make. Headers and body may hold secrets, so this is no record: it prints its
 * method alone.
 */
public final class Outgoing {
  private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
  private static final Pattern FIELD_VALUE = Pattern.compile("[\\x20-\\x7e]{0,8192}");

  private final String method;
  private final String url;
  private final Map<String, String> headers;
  private final byte @Nullable [] body;
  private final int mostBytes;

  private Outgoing(
      String method,
      String url,
      Map<String, String> headers,
      byte @Nullable [] body,
      int mostBytes) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
    this.mostBytes = mostBytes;
  }

  /**
   * A GET.
   *
   * @param mostBytes the size of an answer's body from which on it is given up
   */
  public static Outgoing get(String url, int mostBytes) {
    return new Outgoing("GET", url, Map.of(), null, mostBytes);
  }

  /** A POST of a form (application/x-www-form-urlencoded). */
  public static Outgoing form(String url, Map<String, String> fields, int mostBytes) {
    String encoded =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return new Outgoing(
        "POST",
        url,
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        encoded.getBytes(UTF_8),
        mostBytes);
  }

  /** A POST of JSON. */
  public static Outgoing json(String url, String body, int mostBytes) {
    return new Outgoing(
        "POST", url, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8), mostBytes);
  }

  /**
   * A POST of JSON that holds a secret, so that it never is a string.
   *
   * @param body in UTF-8; cleared by the caller when the request has been made
   */
  public static Outgoing json(String url, byte[] body, int mostBytes) {
    return new Outgoing("POST", url, Map.of("Content-Type", "application/json"), body, mostBytes);
  }

  /** A POST of plain text. */
  public static Outgoing text(String url, String body, int mostBytes) {
    return new Outgoing(
        "POST",
        url,
        Map.of("Content-Type", "text/plain; charset=utf-8"),
        body.getBytes(UTF_8),
        mostBytes);
  }

  /**
   * The same request with one more header.
   *
   * @throws IllegalArgumentException if that is no header of HTTP; the message holds no value
   */
  public Outgoing with(String name, String value) {
    if (!FIELD_NAME.matcher(name).matches() || !FIELD_VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("the header `" + name + "` cannot be sent");
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Outgoing(method, url, more, body, mostBytes);
  }

  String method() {
    return method;
  }

  String url() {
    return url;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte @Nullable [] body() {
    return body;
  }

  int mostBytes() {
    return mostBytes;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public String toString() {
    return method + " request";
  }
}
