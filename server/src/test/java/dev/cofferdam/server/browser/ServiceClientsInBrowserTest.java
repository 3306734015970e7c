package dev.cofferdam.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.cofferdam.server.testing.RunningServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** Whoever looks after a workspace lets a program of it have a role, and looks after its keys. */
class ServiceClientsInBrowserTest {
  @RegisterExtension
  @Order(1)
  static final RunningServer SERVER = RunningServer.shared();

  @RegisterExtension
  @Order(2)
  static final RealBrowser BROWSER = new RealBrowser();

  private final Tab tab = BROWSER.tab(RealBrowser.Profile.ONE, SERVER);

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private void make(String keys) {
    tab.open("/service-clients");
    tab.fill("Label", "A nightly job");
    tab.choose("Role", "auditor");
    tab.all(By.cssSelector("input[value='audit:read']")).getFirst().click();
    tab.fill("Public keys", keys);
    tab.press("Make it");
  }

  @ParameterizedTest
  @CsvSource({"grace,true,1280", "ada,false,360"})
  void aProgramGetsARoleAndAnotherKeyAndLosesBoth(String person, boolean scripts, int width) {
    tab.scripts(scripts);
    tab.screen(width, 800);
    tab.open("/sign-in?return_to=/workspaces");
    tab.signInAs(person);
    tab.fill("Name", "A workshop");
    tab.fill("Short name", "s" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
    tab.press("Create it");
    tab.press("Work in A workshop");

    ECKey first = key();
    make(first.toPublicJWK().toJSONString());
    if (tab.has("Sign in again")) {
      tab.press("Sign in again");
      tab.signInAs(person);
      make(first.toPublicJWK().toJSONString());
    }
    assertThat(tab.text()).contains("A nightly job", "as auditor", "audit:read", first.getKeyID());

    tab.click(By.cssSelector("li[id^='client-'] a.button"));
    assertThat(tab.heading()).isEqualTo("Keys of “A nightly job”");
    tab.fill("Public keys", first.toJSONString());
    tab.press("Exchange them");
    assertThat(tab.text()).as("a private half").contains("no private half");
    ECKey next = key();
    tab.fill("Public keys", new JWKSet(List.of(first, next)).toString());
    tab.press("Exchange them");
    assertThat(tab.heading()).isEqualTo("Service clients");
    assertThat(tab.text()).contains(first.getKeyID(), next.getKeyID());

    tab.click(By.cssSelector("li[id^='client-'] form button"));
    assertThat(tab.text()).contains("There is none yet.").doesNotContain("A nightly job");
    assertThat(tab.complaints())
        .as("what the browser says of pages that are no problem")
        .allMatch(said -> said.contains("the server responded with a status of 4"));
  }
}
