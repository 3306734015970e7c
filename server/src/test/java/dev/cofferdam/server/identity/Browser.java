package dev.cofferdam.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
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

  /** Somebody who is this in a tenant, as if invited, and works there. */
  public static Browser ofMember(RunningServer server, String tenant, Role role) {
    SignedIn somebody = SignedIn.somebody(server);
    somebody.join(new TenantId(UUID.fromString(tenant)), role);
    Browser browser = new Browser(server, somebody.handle);
    browser.enter(tenant);
    return browser;
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

    /** A header field, empty when it is missing. */
    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    /** The body of a problem without what differs from request to request. */
    public String withoutRequestId() {
      return http.body().replaceAll(",\"request_id\":\"[^\"]*\"", "");
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

  public Answer post(String path, Map<String, ?> body) {
    return write("POST", path, body);
  }

  public Answer write(
      String method, String path, @Nullable Map<String, ?> body, String... headers) {
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

  /** A request with this browser's cookie, for whoever sends it in another way. */
  public HttpRequest.Builder request(String path) {
    return server
        .request(path)
        .header("Cookie", SessionCookie.NAME + "=" + cookie)
        .version(HttpClient.Version.HTTP_1_1);
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
    Answer founded = post("/v1/tenants", Map.of("slug", slug, "name", "Acme"));
    if (founded.status() != 201) {
      throw new AssertionError(founded.http().body());
    }
    enter(founded.text("tenant_id"));
    return founded.text("tenant_id");
  }

  public Answer enter(String tenant) {
    return write("PUT", "/v1/session/workspace", Map.of("tenant_id", tenant));
  }
}
