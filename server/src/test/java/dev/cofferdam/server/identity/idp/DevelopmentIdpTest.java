package dev.cofferdam.server.identity.idp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.identity.IdentityRefusedException;
import dev.cofferdam.server.testing.MovableClock;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The development IdP over HTTP, as a browser and this server meet it. */
class DevelopmentIdpTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String VERIFIER = "v".repeat(43);

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private DevelopmentIdp idp;

  @BeforeEach
  void open() {
    idp = opened(false);
  }

  private DevelopmentIdp opened(boolean anybody) {
    return DevelopmentIdp.open(
        new DevelopmentIdpSettings(LOOPBACK, 0, anybody),
        new InetSocketAddress(LOOPBACK, 8080),
        new Callback(() -> 8080, "/sign-in/callback"),
        clock);
  }

  @AfterEach
  void close() {
    idp.close();
  }

  @Test
  void itSaysWhatItIsAndWhere() throws Exception {
    JsonNode document = json(get("/.well-known/openid-configuration"));
    assertThat(document.path("issuer").asString()).isEqualTo(idp.issuer());
    assertThat(document.path("authorization_endpoint").asString()).startsWith(idp.issuer());
    assertThat(document.path("code_challenge_methods_supported").toString())
        .isEqualTo("[\"S256\"]");
    JsonNode key = json(get("/jwks")).path("keys").path(0);
    assertThat(key.path("alg").asString()).isEqualTo("ES256");
    assertThat(key.has("d")).as("no private key is published").isFalse();
  }

  @Test
  void everyPageSaysThatItAsksForNoProof() throws Exception {
    for (HttpResponse<String> page :
        List.of(
            get("/"),
            get("/nowhere"),
            get("/end_session"),
            get("/authorize"),
            get(authorize(good())))) {
      assertThat(page.body())
          .contains("<html lang=\"en\">", "Development identity provider.", "asks nobody for proof")
          .contains("name=\"viewport\"", "<main>", "<h1>")
          .doesNotContain("<script", "style=");
      assertThat(page.headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(
              policy ->
                  assertThat(policy)
                      .contains("default-src 'none'", "frame-ancestors 'none'")
                      .doesNotContain("unsafe"));
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void whoSignsOutIsSentBackToThisServerAndNowhereElse() throws Exception {
    String way = "/end_session?client_id=cofferdam&state=a%26b&post_logout_redirect_uri=";
    HttpResponse<String> back = get(way + "http%3A%2F%2F127.0.0.1%3A8080%2Fsigned-out");
    assertThat(back.statusCode()).isEqualTo(303);
    assertThat(back.headers().firstValue("Location"))
        .contains("http://127.0.0.1:8080/signed-out?state=a%26b");
    for (String elsewhere :
        List.of(
            "http%3A%2F%2F127.0.0.1%3A8080%2Felsewhere",
            "http%3A%2F%2F127.0.0.1%3A9%2Fsigned-out", "https%3A%2F%2Fevil.example%2Fsigned-out")) {
      assertThat(get(way + elsewhere).body()).contains("Nobody stays signed in here.");
    }
  }

  @Test
  void oneClickSignsSomebodyInWithTheAssuranceThatWasChosen() throws Exception {
    HttpResponse<String> page = get(authorize(good()));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("owner@acme.example", "value=\"mfa\" checked")
        .contains("name=\"state\" value=\"&quot;&gt;&lt;b&gt;\"");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .as("a browser follows the form to where it ends")
        .contains("form-action 'self' http://127.0.0.1:8080");

    Map<String, String> back = click("ada", "phr");
    assertThat(back).containsEntry("state", "\"><b>").containsEntry("iss", idp.issuer());
    HttpResponse<String> token = redeem(back.getOrDefault("code", ""), VERIFIER);

    assertThat(token.statusCode()).isEqualTo(200);
    String payload = json(token).path("id_token").asString().split("\\.")[1];
    JsonNode claims =
        JsonMapper.shared()
            .readTree(new String(java.util.Base64.getUrlDecoder().decode(payload), UTF_8));
    assertThat(claims.path("sub").asString()).isEqualTo("ada");
    assertThat(claims.path("acr").asString()).isEqualTo("phr");
    assertThat(claims.path("email").asString()).isEqualTo("owner@acme.example");
    assertThat(claims.path("auth_time").asLong()).isEqualTo(clock.instant().getEpochSecond());
  }

  @Test
  void aCodeIsGoodOnceForItsVerifierAndForAMinute() throws Exception {
    String code = click("ada", "mfa").getOrDefault("code", "");
    assertThat(redeem(code, "w".repeat(43)).statusCode()).isEqualTo(400);
    assertThat(redeem(code, VERIFIER).statusCode()).as("it is gone").isEqualTo(400);
    String again = click("ada", "mfa").getOrDefault("code", "");
    assertThat(redeem(again, VERIFIER).statusCode()).isEqualTo(200);
    assertThat(redeem(again, VERIFIER).statusCode()).isEqualTo(400);
    String late = click("ada", "mfa").getOrDefault("code", "");
    clock.advance(Duration.ofMinutes(1));
    assertThat(redeem(late, VERIFIER).statusCode()).isEqualTo(400);
  }

  @Test
  void whoTurnsBackOrIsNobodyIsNotSignedIn() throws Exception {
    assertThat(click("", "mfa")).containsEntry("error", "access_denied").doesNotContainKey("code");
    assertThat(click("nobody", "mfa")).containsEntry("error", "access_denied");
    assertThat(click("ada", "strongest")).containsEntry("error", "access_denied");
  }

  @Test
  void whoeverIsNotOnThePageIsSignedInOnlyWhereTheSettingSaysAnybody() throws Exception {
    assertThat(click("anybody-else", "mfa")).containsEntry("error", "access_denied");
    idp.close();
    idp = opened(true);
    assertThat(click("anybody-else", "mfa")).containsKey("code");
    for (String nobody :
        List.of("anybody-", "else", "anybody-Else", "anybody-a\"b", "ken-anybody")) {
      assertThat(click(nobody, "mfa")).as(nobody).containsEntry("error", "access_denied");
    }
    Map<String, String> back = click("anybody-else", "mfa");
    String token =
        json(redeem(back.getOrDefault("code", ""), VERIFIER)).path("id_token").asString();
    assertThat(new String(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8))
        .contains("\"else@anybody.example\"")
        .as("no role")
        .doesNotContain("operator");
  }

  @ParameterizedTest
  @CsvSource({
    "redirect_uri, https://evil.example/sign-in/callback",
    "redirect_uri, http://127.0.0.1:8081/sign-in/callback",
    "redirect_uri, http://127.0.0.1:8080/elsewhere",
    "redirect_uri, http://127.0.0.1:8080/sign-in/callback?a=b",
    "redirect_uri, http://127.0.0.1:8080@evil.example/sign-in/callback",
    "redirect_uri, http://127.0.0.1.evil.example:8080/sign-in/callback",
    "redirect_uri, ''",
    "client_id, somebody"
  })
  void nobodyIsSentAnywhereElse(String name, String value) throws Exception {
    Map<String, String> request = good();
    request.put(name, value);
    HttpResponse<String> page = get(authorize(request));
    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.headers().firstValue("Location")).isEmpty();
    assertThat(page.body()).doesNotContain("evil.example");
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "scope, profile, invalid_scope",
    "code_challenge_method, plain, invalid_request",
    "code_challenge, short, invalid_request",
    "prompt, none, login_required"
  })
  void aRequestThatIsNotSafeIsSentBack(String name, String value, String error) throws Exception {
    Map<String, String> request = good();
    request.put(name, value);
    HttpResponse<String> answer = get(authorize(request));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElse(""))
        .startsWith("http://127.0.0.1:8080/sign-in/callback?error=" + error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:80",
        "localhost.evil.example:PORT",
        ""
      })
  void whoeverComesUnderAnotherNameGetsNothing(String host) throws Exception {
    try (Socket socket = new Socket(LOOPBACK, idp.port());
        OutputStream out = socket.getOutputStream()) {
      out.write(
          ("GET /jwks HTTP/1.1\r\nHost: "
                  + host.replace("PORT", "" + idp.port())
                  + "\r\nConnection: close\r\n\r\n")
              .getBytes(UTF_8));
      out.flush();
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 421")
          .doesNotContain("\"keys\"");
    }
  }

  @Test
  void aFormOfAnotherSiteSignsNobodyIn() throws Exception {
    for (String origin : new String[] {"https://evil.example", "null", ""}) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(idp.issuer() + "/authorize"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form(chosen("ada", "mfa"))));
      if (!origin.isEmpty()) {
        request.header("Origin", origin);
      }
      assertThat(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void whatCannotBeReadIsRefused() throws Exception {
    assertThat(post("/authorize", "a=%zz").statusCode()).isEqualTo(400);
    assertThat(get("/authorize?" + "a=b&".repeat(100)).statusCode()).isEqualTo(400);
    assertThat(post("/token", "x".repeat(20_000)).statusCode()).isEqualTo(400);
    assertThat(get(authorize(good()) + "&client_id=cofferdam").statusCode()).isEqualTo(400);
  }

  @Test
  void itDoesNotOpenWhereOthersReachItOrTheServer() {
    assertThatThrownBy(() -> new DevelopmentIdpSettings(InetAddress.ofLiteral("0.0.0.0"), 0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cofferdam.development-idp.address");
    for (String address : new String[] {"0.0.0.0", "192.0.2.1", "::", "10.0.0.1"}) {
      assertThatThrownBy(
              () ->
                  DevelopmentIdp.open(
                      new DevelopmentIdpSettings(LOOPBACK, 0, false),
                      new InetSocketAddress(InetAddress.ofLiteral(address), 8080),
                      new Callback(() -> 8080, "/sign-in/callback"),
                      clock))
          .isInstanceOf(IdentityRefusedException.class)
          .hasMessageContaining("cofferdam.idp.issuer");
    }
    assertThatThrownBy(
            () ->
                DevelopmentIdp.open(
                    new DevelopmentIdpSettings(LOOPBACK, idp.port(), false),
                    new InetSocketAddress(LOOPBACK, 8080),
                    new Callback(() -> 8080, "/sign-in/callback"),
                    clock))
        .isInstanceOf(IdentityRefusedException.class)
        .hasMessageContaining("cofferdam.development-idp.port");
  }

  @Test
  void itsPortFollowsThePublicOne() {
    DevelopmentIdpSettings settings = new DevelopmentIdpSettings(LOOPBACK, null, false);
    assertThat(settings.beside(8080)).isEqualTo(8082);
    assertThat(settings.beside(0)).isZero();
    assertThat(settings.beside(65_535)).isZero();
    assertThat(new DevelopmentIdpSettings(LOOPBACK, 9000, false).beside(8080)).isEqualTo(9000);
  }

  private static Map<String, String> good() {
    return new TreeMap<>(
        Map.of(
            "response_type", "code",
            "client_id", "cofferdam",
            "redirect_uri", "http://127.0.0.1:8080/sign-in/callback",
            "scope", "openid profile",
            "state", "\"><b>",
            "nonce", "n",
            "code_challenge", Codes.base64(Codes.sha256(VERIFIER)),
            "code_challenge_method", "S256",
            "acr_values", "unknown mfa"));
  }

  private static Map<String, String> chosen(String person, String assurance) {
    Map<String, String> fields = good();
    fields.put("person", person);
    fields.put("assurance", assurance);
    return fields;
  }

  private Map<String, String> click(String person, String assurance) throws Exception {
    HttpResponse<String> answer = post("/authorize", form(chosen(person, assurance)));
    assertThat(answer.statusCode()).isEqualTo(303);
    Map<String, String> back = new TreeMap<>();
    for (String pair :
        URI.create(answer.headers().firstValue("Location").orElseThrow())
            .getRawQuery()
            .split("&")) {
      String[] halves = pair.split("=", 2);
      back.put(halves[0], URLDecoder.decode(halves[1], UTF_8));
    }
    return back;
  }

  private HttpResponse<String> redeem(String code, String verifier) throws Exception {
    return post(
        "/token",
        form(
            Map.of(
                "grant_type", "authorization_code",
                "client_id", "cofferdam",
                "redirect_uri", "http://127.0.0.1:8080/sign-in/callback",
                "code", code,
                "code_verifier", verifier)));
  }

  private static String authorize(Map<String, String> parameters) {
    return "/authorize?" + form(parameters);
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(idp.issuer() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String form) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(idp.issuer() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", idp.issuer())
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
