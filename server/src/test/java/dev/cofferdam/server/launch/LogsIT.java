package dev.cofferdam.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.edge.wire.RawConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server that says as much as it can be told to leaves in its log. */
final class LogsIT {
  /** Everything at the lowest level that can be set. */
  private static final String MOST =
      """
      logging:
        level:
          root: info
          org.apache: warn
          org.flywaydb: info
          dev.cofferdam: trace
      """;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;
  private final Map<String, String> secrets = new TreeMap<>();

  /** With which a request is somebody's, and gets as far as to what it says. */
  private String credentials = "";

  @Test
  void theLogIsReadByProgramsAndHoldsNoSecret() throws Exception {
    Files.writeString(folder.resolve("cofferdam.yaml"), MOST);
    String console;
    try (Launched server = Launched.upAgain(folder).ready()) {
      URI address = server.address();
      signIn(address);
      attack(address);
      secret("root key", Files.readString(server.data().resolve("root.key")).lines().toList());
      secret(
          "password of the superuser",
          List.of(Files.readString(server.data().resolve("postgres/superuser.password")).strip()));
      assertThat(server.stopped()).isZero();
      console = server.console();
    }
    String log = Files.readString(folder.resolve(".cofferdam/logs/cofferdam.log"), UTF_8);

    assertThat(secrets).hasSizeGreaterThan(20);
    secrets.forEach(
        (name, secret) -> {
          assertThat(log).as(name).doesNotContain(secret);
          assertThat(console).as(name).doesNotContain(secret);
        });
    assertThat(console).doesNotContain("{\"@timestamp\"");
    List<JsonNode> lines = log.lines().map(JsonMapper.shared()::readTree).toList();
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.propertyNames())
                  .contains("@timestamp", "level", "logger_name", "thread_name", "message");
            });
    assertAccess(lines);
  }

  private static void assertAccess(List<JsonNode> lines) {
    List<JsonNode> accesses =
        lines.stream()
            .filter(line -> line.path("logger_name").asString("").equals("dev.cofferdam.access"))
            .toList();
    assertThat(accesses)
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.propertyNames())
                  .contains(
                      "request_id", "method", "route", "status", "ms", "bytes", "caller", "tenant");
              assertThat(line.path("status").isInt()).isTrue();
              assertThat(line.path("ms").isNumber()).isTrue();
              assertThat(line.path("request_id").asString(""))
                  .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}");
            });
    assertThat(accesses)
        .anySatisfy(
            line -> {
              assertThat(line.path("route").asString("")).isEqualTo("/v1/me");
              assertThat(line.path("caller").asString("")).isEqualTo("person");
              assertThat(line.path("status").asInt()).isEqualTo(200);
            })
        .anySatisfy(
            line -> {
              assertThat(line.path("route").asString("")).isEqualTo("none");
              assertThat(line.path("caller").asString("")).isEqualTo("none");
              assertThat(line.path("status").asInt()).isEqualTo(421);
            })
        .anySatisfy(
            line -> {
              assertThat(line.path("route").asString("")).isEqualTo("/v1/tenants");
              assertThat(line.path("status").asInt()).isEqualTo(400);
            });
  }

  private void secret(String name, List<String> parts) {
    for (String part : parts) {
      // Shorter ones stand in a log by chance.
      if (part.length() >= 12) {
        secrets.put(name + " " + secrets.size(), part);
      }
    }
  }

  private String canary(String where) {
    String canary = "canary-" + where + "-4f1d9a7c";
    secrets.put("canary " + where, canary);
    return canary;
  }

  /** As a browser does, keeping everything that nobody else may have. */
  private void signIn(URI server) throws Exception {
    HttpResponse<String> sent = get(server.resolve("/sign-in?return_to=/v1/me"), "");
    URI page = location(sent);
    HttpResponse<String> chosen =
        HTTP.send(
            HttpRequest.newBuilder(page.resolve("/authorize"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", page.getScheme() + "://" + page.getAuthority())
                .POST(BodyPublishers.ofString(page.getRawQuery() + "&person=ada&assurance=mfa"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    URI callback = location(chosen);
    secret("parameter of the way there", values(page));
    secret("parameter of the way back", values(callback));
    secret("cookie of the way", List.of(cookie(sent).split("=", 2)[1]));
    HttpResponse<String> back = get(callback, cookie(sent));
    String session = cookie(back);
    secret("session", List.of(session.split("=", 2)[1]));
    String me = get(server.resolve("/v1/me"), session).body();
    String token = JsonMapper.shared().readTree(me).path("csrf_token").asString("");
    secret("form token", List.of(token));
    HttpResponse<String> founded =
        HTTP.send(
            HttpRequest.newBuilder(server.resolve("/v1/tenants"))
                .header("Cookie", session)
                .header("Cofferdam-CSRF", token)
                .header("Origin", server.toString())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", canary("idempotency-key"))
                .POST(BodyPublishers.ofString("{\"slug\":\"acme\",\"name\":\"Acme\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(founded.statusCode()).as(founded.body()).isEqualTo(201);
    credentials =
        "Host: %s\nCookie: %s\nCofferdam-CSRF: %s\nOrigin: %s\n"
            .formatted(server.getAuthority(), session, token, server);
  }

  /** Puts one where each kind of credential is, and where none belongs. */
  private void attack(URI server) throws Exception {
    get(server.resolve("/" + canary("path") + "?token=" + canary("query")), "");
    get(server.resolve("/v1/me"), "__Host-cofferdam=" + canary("cookie"));
    get(
        server.resolve("/sign-in/callback?code=" + canary("code") + "&state=" + canary("state")),
        "__Host-cofferdam-sign-in=" + canary("browser"));
    List<String> requests =
        List.of(
            "GET /v1/me HTTP/1.1\nHost: localhost\nAuthorization: Bearer "
                + canary("bearer")
                + "\nDPoP: "
                + canary("dpop")
                + "\n\n",
            "GET /v1/me HTTP/1.1\nHost: localhost\nAuthorization : Bearer "
                + canary("blank")
                + "\n\n",
            "GET /v1/me HTTP/1.1\nHost: localhost\nAuthorization: a\u0001"
                + canary("control")
                + "\n\n",
            "GET /v1/me HTTP/1.1\nHost: localhost\nCookie: a=\"b; c=" + canary("quote") + "\n\n",
            "GET /v1/me HTTP/1.1\nHost: localhost\nX: a\n " + canary("fold") + "\n\n",
            "GET /v1/me?" + canary("raw") + "=%zz HTTP/1.1\nHost: localhost\n\n",
            canary("method") + " / HTTP/1.1\nHost: localhost\n\n",
            "GET / HTTP/1.1\nHost: " + canary("host") + ".example\n\n",
            body("/v1/tenants", "application/json", "{\"name\":\"" + canary("body")),
            body("/v1/tenants", "application/json", "{\"" + canary("field") + "\":1}"),
            body("/workspaces", "application/x-www-form-urlencoded", "_csrf=" + canary("form")),
            body("/v1/tenants", canary("type") + "/x", "{}"),
            "GET /v1/sessions?cursor=" + canary("cursor") + " HTTP/1.1\n" + credentials + "\n");
    for (String request : requests) {
      try (RawConnection connection = RawConnection.to(server)) {
        connection.lines(request).reply();
      }
    }
  }

  private String body(String path, String type, String body) {
    return "POST %s HTTP/1.1\n%sContent-Type: %s\nContent-Length: %d\n\n%s"
        .formatted(path, credentials, type, body.length(), body);
  }

  private static List<String> values(URI uri) {
    List<String> values = new ArrayList<>();
    for (String pair : uri.getQuery().split("&")) {
      if (pair.matches("(code|state|nonce|code_challenge)=.*")) {
        values.add(pair.substring(pair.indexOf('=') + 1));
      }
    }
    return values;
  }

  private static HttpResponse<String> get(URI uri, String cookie) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return HTTP.send(
        (cookie.isEmpty() ? request : request.header("Cookie", cookie)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static URI location(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }
}
