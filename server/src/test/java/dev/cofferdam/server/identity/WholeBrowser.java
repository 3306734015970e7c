package dev.cofferdam.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A browser that keeps every cookie, and goes to the development IdP and back. */
public final class WholeBrowser {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final RunningServer server;
  private final Map<String, String> cookies = new TreeMap<>();

  public WholeBrowser(RunningServer server) {
    this.server = server;
  }

  /** Signs in as one of the development IdP's people. */
  public static WholeBrowser of(RunningServer server, String person, String acr) {
    WholeBrowser browser = new WholeBrowser(server);
    browser.follow(browser.get("/sign-in"), person, acr);
    return browser;
  }

  /** A new tenant that this person owns. Not by signing up, which one may not do so often. */
  public String found() {
    String tenant = server.newTenant().tenant().toString();
    server
        .superuser()
        .sql(
            """
            insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
            values (:tenant::uuid, :person::uuid, 'owner', now(), now())
            """)
        .param("tenant", tenant)
        .param("person", get("/v1/me").text("person_id"))
        .update();
    return tenant;
  }

  public Answer get(String path) {
    return get(server.uri(path));
  }

  public Answer get(URI uri) {
    return send(HttpRequest.newBuilder(uri).GET());
  }

  /** As a person reads it, and not a client of the API. */
  public Answer page(String path) {
    return send(server.request(path).header("Accept", "text/html").GET());
  }

  public Answer page(URI uri) {
    return send(HttpRequest.newBuilder(uri).header("Accept", "text/html").GET());
  }

  /** With more header fields, names and values in turn. */
  public Answer send(String method, String path, Map<String, ?> body, String... headers) {
    HttpRequest.Builder request = server.request(path);
    for (int n = 0; n < headers.length; n += 2) {
      request.header(headers[n], headers[n + 1]);
    }
    return send(
        request
            .header("Content-Type", "application/json")
            .header("Origin", server.uri("").toString())
            .header(SessionAuthenticator.CSRF_HEADER, get("/v1/me").text("csrf_token"))
            .method(
                method,
                HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
  }

  /** Posts a form as a page of ours has it. */
  public Answer form(String path, Map<String, String> fields) {
    Map<String, String> all = new TreeMap<>(fields);
    all.put("_csrf", get("/v1/me").text("csrf_token"));
    return send(
        server
            .request(path)
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", server.uri("").toString())
            .POST(HttpRequest.BodyPublishers.ofString(encoded(all))));
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** From where a browser was sent, over the choice of a person, back to the server's answer. */
  public Answer follow(Answer sent, String person, String acr) {
    return get(choose(location(sent), person, acr));
  }

  /** What the development IdP sends the browser back with. */
  public static URI choose(URI page, String person, String acr) {
    HttpRequest request =
        HttpRequest.newBuilder(page.resolve("/authorize"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", page.getScheme() + "://" + page.getAuthority())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    page.getRawQuery() + "&person=" + person + "&assurance=" + acr))
            .build();
    return location(new Answer(exchanged(request)));
  }

  public static URI location(Answer answer) {
    return URI.create(answer.http().headers().firstValue("Location").orElseThrow());
  }

  public String session() {
    return cookies.getOrDefault(SessionCookie.NAME, "");
  }

  public void session(String handle) {
    cookies.put(SessionCookie.NAME, handle);
  }

  private Answer send(HttpRequest.Builder request) {
    String cookie =
        cookies.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining("; "));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    HttpResponse<String> answer = exchanged(request.timeout(Duration.ofSeconds(30)).build());
    for (String set : answer.headers().allValues("Set-Cookie")) {
      String name = set.substring(0, set.indexOf('='));
      cookies.put(name, set.substring(set.indexOf('=') + 1, set.indexOf(';')));
    }
    return new Answer(answer);
  }

  private static HttpResponse<String> exchanged(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
