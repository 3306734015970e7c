package dev.cofferdam.server.identity.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.testing.RunningServer;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** A browser signs in at the development IdP, over HTTP from end to end. */
class SignInTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void oneClickLeadsToASession() throws Exception {
    HttpResponse<String> sent = get(SERVER.uri("/sign-in?return_to=/v1/me"));
    assertThat(sent.statusCode()).isEqualTo(303);
    String browser = cookie(sent, "__Host-cofferdam-sign-in");
    assertThat(setCookie(sent, "__Host-cofferdam-sign-in"))
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=600")
        .doesNotContain("Domain");

    URI callback = click(location(sent), "ada", "mfa");
    assertThat(callback.getPath()).isEqualTo("/sign-in/callback");
    HttpResponse<String> back = get(callback, browser);
    assertThat(back.statusCode()).isEqualTo(303);
    assertThat(location(back)).hasToString("/v1/me");
    String session = cookie(back, "__Host-cofferdam");

    assertThat(caller(session))
        .isInstanceOfSatisfying(
            Caller.Person.class,
            person -> assertThat(person.signIn().acr()).isEqualTo(AcrClass.MULTI_FACTOR));
    assertThat(get(callback, browser).statusCode()).as("an answer is good once").isEqualTo(401);
    assertThat(caller(browser))
        .as("the cookie of the way is no session")
        .isInstanceOf(Caller.Anonymous.class);
  }

  /** Whom the server takes somebody with this cookie for. */
  private static Caller caller(String cookie) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    String[] halves = cookie.split("=", 2);
    request.setCookies(new Cookie(halves[0], halves[1]));
    return switch (SERVER.bean(Authenticator.class).authenticate(request)) {
      case Authentication.Known(Caller caller) -> caller;
      case Authentication.Refused refused -> throw new AssertionError(refused);
      case Authentication.Misused misused -> throw new AssertionError(misused);
    };
  }

  @Test
  void itEndsInTheBrowserItBeganIn() throws Exception {
    URI callback = click(location(get(SERVER.uri("/sign-in"))), "grace", "pwd");
    String other = cookie(get(SERVER.uri("/sign-in")), "__Host-cofferdam-sign-in");
    for (HttpResponse<String> answer : List.of(get(callback), get(callback, other))) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("\"unauthenticated\"");
      assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void whoTurnsBackIsSignedInAsNobody() throws Exception {
    HttpResponse<String> sent = get(SERVER.uri("/sign-in?return_to=/v1/me"));
    HttpResponse<String> back =
        get(click(location(sent), "", "mfa"), cookie(sent, "__Host-cofferdam-sign-in"));
    assertThat(location(back)).hasToString("/");
    assertThat(back.headers().allValues("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "evil",
        "/%0d%0aX:y",
        "javascript:alert(1)",
        "/a b"
      })
  void nobodyIsSentElsewhereAfterwards(String to) throws Exception {
    HttpResponse<String> answer =
        get(SERVER.uri("/sign-in?return_to=" + URLEncoder.encode(to, UTF_8)));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("return_to").doesNotContain("evil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?code=a", "?state=a", "?state=a&code=b&code=c", "?state=a&code=b&error=c"})
  void whatIsNoAnswerIsRefused(String query) throws Exception {
    assertThat(get(SERVER.uri("/sign-in/callback" + query)).statusCode()).isEqualTo(400);
  }

  /** Chooses somebody on the page that a browser was sent to; where that leads. */
  private static URI click(URI page, String person, String assurance) throws Exception {
    assertThat(get(page).body()).contains("Development identity provider");
    HttpRequest request =
        HttpRequest.newBuilder(page.resolve("/authorize"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", page.getScheme() + "://" + page.getAuthority())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    page.getRawQuery() + "&person=" + person + "&assurance=" + assurance))
            .build();
    return location(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  private static HttpResponse<String> get(URI uri, String... cookies)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (cookies.length > 0) {
      request.header("Cookie", List.of(cookies).stream().collect(Collectors.joining("; ")));
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI location(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  private static String setCookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(value -> value.startsWith(name + "="))
        .findFirst()
        .orElseThrow();
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return setCookie(answer, name).split(";")[0];
  }
}
