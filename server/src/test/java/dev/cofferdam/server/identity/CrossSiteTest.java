package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.surface.Authentication;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import jakarta.servlet.http.Cookie;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** What a request that changes something must show beside the cookie. */
class CrossSiteTest {
  private static final String OWN = "http://127.0.0.1:8080";

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final SignedIn ann = SignedIn.somebody(SERVER);

  private Optional<ProblemCode> refusal(MockHttpServletRequest request) {
    return switch (SERVER.bean(Authenticator.class).authenticate(request)) {
      case Authentication.Known known -> Optional.empty();
      case Authentication.Refused refused -> throw new AssertionError(refused);
      case Authentication.Misused(Caller caller, Refusal refusal) -> {
        assertThat(caller).as("whose session it is").isEqualTo(ann.person());
        yield Optional.of(refusal.code());
      }
    };
  }

  private MockHttpServletRequest post(@Nullable String origin, @Nullable String token) {
    MockHttpServletRequest request = ann.request("POST");
    if (origin != null) {
      request.addHeader("Origin", origin);
    }
    if (token != null) {
      request.addHeader(SessionAuthenticator.CSRF_HEADER, token);
    }
    return request;
  }

  @Test
  void aRequestOfOnesOwnPageIsLetIn() {
    assertThat(refusal(post(OWN, ann.presented().csrfToken()))).isEmpty();
    MockHttpServletRequest form = post(OWN, null);
    form.setContentType("application/x-www-form-urlencoded;charset=UTF-8");
    form.addParameter(SessionAuthenticator.CSRF_FIELD, ann.presented().csrfToken());
    assertThat(refusal(form)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "http://127.0.0.1",
        "https://127.0.0.1:8080",
        "http://127.0.0.1:8081",
        "http://localhost:8080",
        "http://127.0.0.1:8080.evil.example",
        "http://evil.example",
        ""
      })
  void anotherOriginIsRefused(String origin) {
    assertThat(refusal(post(origin, ann.presented().csrfToken())))
        .contains(ProblemCode.CROSS_SITE_REQUEST);
  }

  @Test
  void noOriginAndTwoAreRefused() {
    assertThat(refusal(post(null, ann.presented().csrfToken())))
        .contains(ProblemCode.CROSS_SITE_REQUEST);
    MockHttpServletRequest two = post(OWN, ann.presented().csrfToken());
    two.addHeader("Origin", OWN);
    assertThat(refusal(two)).contains(ProblemCode.CROSS_SITE_REQUEST);
  }

  @Test
  void aTokenOfAnotherSessionOrNoneIsRefused() {
    String token = ann.presented().csrfToken();
    assertThat(refusal(post(OWN, null))).contains(ProblemCode.CROSS_SITE_REQUEST);
    assertThat(refusal(post(OWN, SignedIn.somebody(SERVER).presented().csrfToken())))
        .contains(ProblemCode.CROSS_SITE_REQUEST);
    for (String forged :
        new String[] {
          "", ".", "-.", token.substring(1), token + "A", token.replace('.', ':'), "x".repeat(5000)
        }) {
      assertThat(refusal(post(OWN, forged))).as(forged).contains(ProblemCode.CROSS_SITE_REQUEST);
    }
  }

  @Test
  void aFormOfAnotherWorkspaceIsToldApart() {
    TenantId one = ann.tenant(Role.OWNER);
    TenantId other = ann.tenant(Role.OWNER);
    String nowhere = ann.presented().csrfToken();
    ann.enter(one);
    String inOne = ann.presented().csrfToken();
    ann.enter(other);
    assertThat(refusal(post(OWN, nowhere))).contains(ProblemCode.WORKSPACE_CHANGED);
    assertThat(refusal(post(OWN, inOne))).contains(ProblemCode.WORKSPACE_CHANGED);
    assertThat(refusal(post(OWN, ann.presented().csrfToken()))).isEmpty();
    assertThat(refusal(post("http://evil.example", inOne)))
        .contains(ProblemCode.CROSS_SITE_REQUEST);
  }

  @Test
  void readingNeedsNeither() {
    assertThat(refusal(ann.request("GET"))).isEmpty();
    assertThat(refusal(ann.request("HEAD"))).isEmpty();
  }

  @Test
  void twoCookiesOfTheNameAreNobodys() {
    MockHttpServletRequest request = ann.request("POST");
    Cookie cookie = new Cookie(SessionCookie.NAME, ann.handle.text());
    request.setCookies(cookie, (Cookie) cookie.clone());
    assertThat(SERVER.bean(Authenticator.class).authenticate(request))
        .extracting("caller.class.simpleName")
        .isEqualTo("Anonymous");
  }

  @Test
  void theCookieIsForThisHostAloneAndForNoScript() {
    assertThat(SessionCookie.of(ann.handle).toString())
        .startsWith("__Host-cofferdam=" + ann.handle.text() + ";")
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
        .doesNotContain("Domain", "Max-Age", "Expires");
    assertThat(SessionCookie.cleared().toString()).contains("Max-Age=0", "; Secure", "; Path=/");
  }
}
