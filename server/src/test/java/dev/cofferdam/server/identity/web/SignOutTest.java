package dev.cofferdam.server.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.testing.RunningServer;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signing out here, and then at the identity provider, over HTTP. */
class SignOutTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final WholeBrowser ada = WholeBrowser.of(SERVER, "ada", "mfa");

  private Answer signedOut() {
    String session = ada.get("/v1/me").text("session_id");
    return ada.form("/sessions/end", Map.of("session", session));
  }

  @Test
  void theSessionHereEndsFirstAndByItself() {
    Answer ended = signedOut();
    assertThat(ended.status()).as(ended.http().body()).isEqualTo(303);
    assertThat(WholeBrowser.location(ended)).hasToString("/signed-out");
    assertThat(ada.get("/v1/me").status()).isEqualTo(401);
    assertThat(ada.page("/signed-out").http().body())
        .contains("signed out here.", "may still know this browser", "/sign-out/provider");
  }

  @Test
  void theProviderSendsTheBrowserBackAndThePageSaysSo() {
    signedOut();
    Answer sent = ada.get("/sign-out/provider");
    assertThat(sent.status()).as(sent.http().body()).isEqualTo(303);
    assertThat(sent.http().headers().firstValue("Set-Cookie").orElseThrow())
        .contains("__Host-cofferdam-sign-out=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Domain");
    URI back = WholeBrowser.location(ada.get(WholeBrowser.location(sent)));
    assertThat(back.getPath()).isEqualTo("/signed-out");
    assertThat(ada.get(back).http().body())
        .contains("signed out here and at your identity provider")
        .doesNotContain("/sign-out/provider");
    assertThat(new WholeBrowser(SERVER).get(back).http().body())
        .as("a link says nothing to somebody else")
        .contains("signed out here.")
        .doesNotContain("and at your identity provider");
  }

  @Test
  void whyItCannotBeIsSaidAndWhoIsSignedInIsNotToldThatTheyAreNot() {
    assertThat(WholeBrowser.location(ada.page("/signed-out"))).hasToString("/");
    assertThat(ada.get("/sign-out/provider").status()).isEqualTo(303);
    assertThat(ada.get("/v1/me").status()).as("it ends nothing here").isEqualTo(200);
    WholeBrowser nobody = new WholeBrowser(SERVER);
    assertThat(nobody.page("/signed-out?outcome=none").http().body()).contains("has no place");
    assertThat(nobody.page("/signed-out?outcome=unavailable").http().body())
        .contains("cannot be reached");
    assertThat(nobody.get("/sign-out/provider?provider=" + UUID.randomUUID()).status())
        .isEqualTo(404);
  }
}
