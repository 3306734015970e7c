package dev.cofferdam.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.testing.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody's browser over real HTTP: keeps the cookie, and sends origin and token as ours do. */
public final class Browser {
  private final RunningServer server;
  private String cookie;
  @Nullable String csrf;

  Browser(RunningServer server, SessionHandle handle) {
    this.server = server;
    this.cookie = handle.text();
  }

  public static Browser ofSomebody(RunningServer server) {
    return new Browser(server, SignedIn.somebody(server).handle);
  }

  /** An answer: its status, and its body as JSON. */
  public record Answer(HttpResponse<String> http) {
    public int status() {
      return http.statusCode();
    }

    public JsonNode body() {
      return JsonMapper.shared().readTree(http.body());
    }

    public String text(String field) {
      return body().path(field).asString("");
    }
  }

  public String cookie() {
    return cookie;
  }

  public void cookie(String other) {
    cookie = other;
    csrf = null;
  }

  public Answer get(String path) {
    return send(server.request(path).GET(), false);
  }

  Answer post(String path, Map<String, ?> body) {
    return write("POST", path, body);
  }

  Answer write(String method, String path, @Nullable Map<String, ?> body, String... headers) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    HttpRequest.Builder request = server.request(path).method(method, publisher);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int n = 0; n < headers.length; n += 2) {
      request.header(headers[n], headers[n + 1]);
    }
    return send(request, true);
  }

  /** The token of the page that this browser last loaded. */
  public String token() {
    if (csrf == null) {
      csrf = get("/v1/me").text("csrf_token");
    }
    return csrf;
  }

  /** Sends a form, as a page of ours has it, with this token. */
  public Answer form(String path, String token, Map<String, String> fields) {
    StringBuilder body = new StringBuilder("_csrf=" + URLEncoder.encode(token, UTF_8));
    fields.forEach(
        (name, value) ->
            body.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8)));
    return sent(
        server
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", server.uri("").toString())
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private Answer send(HttpRequest.Builder request, boolean changes) {
    if (changes) {
      request
          .header("Origin", server.uri("").toString())
          .header(SessionAuthenticator.CSRF_HEADER, token());
    }
    return sent(request);
  }

  private Answer sent(HttpRequest.Builder request) {
    request
        .header("Cookie", SessionCookie.NAME + "=" + cookie)
        .version(HttpClient.Version.HTTP_1_1);
    try {
      HttpResponse<String> answer = server.send(request);
      for (String set : answer.headers().allValues("Set-Cookie")) {
        cookie = set.substring(set.indexOf('=') + 1, set.indexOf(';'));
        csrf = null;
      }
      return new Answer(answer);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Founds a tenant and works in it. */
  public String inOwnTenant(String slug) {
    String tenant = post("/v1/tenants", Map.of("slug", slug, "name", "Acme")).text("tenant_id");
    enter(tenant);
    return tenant;
  }

  Answer enter(String tenant) {
    return write("PUT", "/v1/session/workspace", Map.of("tenant_id", tenant));
  }
}
