package dev.cofferdam.server.identity.idp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request and its answer: read with limits, answered with the headers that every page has. */
final class Exchange {
  private static final int MOST_BYTES = 16 << 10;
  private static final int MOST_FIELDS = 50;

  private final HttpExchange raw;

  Exchange(HttpExchange raw) {
    this.raw = raw;
  }

  /** What was sent is no request that can be answered. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException() {
      super("malformed");
    }
  }

  String host() {
    String host = raw.getRequestHeaders().getFirst("Host");
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }

  /** Method and path, such as {@code GET /jwks}. */
  String route() {
    return raw.getRequestMethod() + " " + raw.getRequestURI().getRawPath();
  }

  /** Whether a page of this site posted it: every browser says so. */
  boolean fromOwnPage(Set<String> hosts) {
    String origin = raw.getRequestHeaders().getFirst("Origin");
    return origin != null && hosts.stream().anyMatch(host -> origin.equals("http://" + host));
  }

  Map<String, List<String>> query() throws MalformedException {
    String query = raw.getRequestURI().getRawQuery();
    return fields(query == null ? "" : query);
  }

  Map<String, List<String>> form() throws IOException {
    byte[] body = raw.getRequestBody().readNBytes(MOST_BYTES + 1);
    String type = raw.getRequestHeaders().getFirst("Content-Type");
    if (body.length > MOST_BYTES
        || type == null
        || !type.startsWith("application/x-www-form-urlencoded")) {
      throw new MalformedException();
    }
    return fields(new String(body, UTF_8));
  }

  private static Map<String, List<String>> fields(String encoded) throws MalformedException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    String[] pairs = encoded.isEmpty() ? new String[0] : encoded.split("&");
    if (pairs.length > MOST_FIELDS) {
      throw new MalformedException();
    }
    try {
      for (String pair : pairs) {
        int equals = pair.indexOf('=');
        fields
            .computeIfAbsent(
                decoded(equals < 0 ? pair : pair.substring(0, equals)), name -> new ArrayList<>())
            .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedException();
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  void page(int status, String html) throws IOException {
    page(status, html, null);
  }

  /**
   * @param leadsTo where its form sends the browser in the end, which the policy must allow too
   */
  void page(int status, String html, @Nullable URI leadsTo) throws IOException {
    raw.getResponseHeaders()
        .set(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
                + (leadsTo == null
                    ? ""
                    : " " + leadsTo.getScheme() + "://" + leadsTo.getRawAuthority()));
    send(status, "text/html; charset=utf-8", html);
  }

  void style(String css) throws IOException {
    send(200, "text/css; charset=utf-8", css);
  }

  void json(int status, String json) throws IOException {
    send(status, "application/json", json);
  }

  void redirect(URI location) throws IOException {
    raw.getResponseHeaders().set("Location", location.toString());
    send(303, "text/plain; charset=utf-8", "");
  }

  private void send(int status, String type, String body) throws IOException {
    Headers headers = raw.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    // Not `no-referrer`: with it a browser sends `Origin: null` with the form of this very page.
    headers.set("Referrer-Policy", "same-origin");
    byte[] bytes = body.getBytes(UTF_8);
    raw.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    raw.getResponseBody().write(bytes);
  }
}
