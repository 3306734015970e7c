package dev.cofferdam.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The pages by keyboard alone. */
class KeyboardTest {
  private static final int MOST_STOPS = 40;

  /**
   * What has the focus: its name, whether one sees that it has, and whether it is on the screen.
   */
  private static final String FOCUS =
      """
      const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
      const label = one.labels && one.labels.length ? one.labels[0].firstChild.textContent : one.textContent;
      return [(one.getAttribute('aria-label') || label).trim(),
          style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
              && style.outlineColor !== getComputedStyle(document.documentElement).backgroundColor,
          box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight];
      """;

  @RegisterExtension
  @Order(1)
  static final RunningServer SERVER = RunningServer.shared();

  @RegisterExtension
  @Order(2)
  static final RealBrowser BROWSER = new RealBrowser();

  private final Tab tab = BROWSER.tab(RealBrowser.Profile.ONE, SERVER);

  private String focus() {
    List<?> said = Objects.requireNonNull((List<?>) tab.run(FOCUS));
    assertThat(said.get(1)).as("a focus that is seen, on `%s`", said.getFirst()).isEqualTo(true);
    assertThat(said.get(2)).as("`%s` is on the screen", said.getFirst()).isEqualTo(true);
    return String.valueOf(said.getFirst());
  }

  private void tabTo(String name) {
    for (int n = 0; n < MOST_STOPS; n++) {
      tab.keys(Keys.TAB);
      if (focus().equals(name)) {
        return;
      }
    }
    throw new AssertionError("no stop is called `" + name + "`");
  }

  @Test
  void aTenantIsFoundedAndEnteredWithoutAMouse() {
    tab.open("/");
    tabTo("Sign in");
    tab.go(Keys.ENTER);
    tabTo("Edith, auditor at Acme auditor@acme.example");
    tab.go(Keys.ENTER);
    assertThat(tab.path()).isEqualTo("/workspaces");

    tabTo("Name");
    tab.keys("By hand");
    tab.keys(Keys.TAB);
    assertThat(focus()).isEqualTo("Short name");
    String slug = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    tab.go(slug, Keys.ENTER);
    assertThat(tab.path()).isEqualTo("/workspaces#tenant-" + slug);
    tabTo("Work in By hand");
    tab.go(Keys.SPACE);
    assertThat(tab.path()).isEqualTo("/home");
    tabTo("Audit log");
    tab.go(Keys.ENTER);
    assertThat(tab.heading()).isEqualTo("Audit log");
  }

  @Test
  void theFirstStopLeadsPastTheNavigation() {
    tab.open("/sign-in?return_to=/sessions");
    tab.signInAs("edith");
    tab.keys(Keys.TAB);
    assertThat(focus()).isEqualTo("Skip to the content");
    tab.keys(Keys.ENTER);
    assertThat(tab.path()).isEqualTo("/sessions#content");
    tab.keys(Keys.TAB);
    assertThat(focus()).as("the first stop in it").startsWith("End the session");
  }

  @Test
  void theStopsComeInTheOrderOfThePageAndNoneIsATrap() {
    tab.open("/sign-in?return_to=/workspaces");
    tab.signInAs("edith");
    List<String> stops = new ArrayList<>();
    for (int n = 0; n < MOST_STOPS; n++) {
      tab.keys(Keys.TAB);
      if (Boolean.TRUE.equals(tab.run("return document.activeElement === document.body"))) {
        break;
      }
      stops.add(focus());
    }
    assertThat(stops)
        .startsWith("Skip to the content", "Cofferdam", "Workspaces", "Sessions", "Sign out")
        .endsWith("Name", "Short name", "Create it");
  }
}
