package dev.cofferdam.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.Letters;
import dev.cofferdam.server.testing.RunningServer;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** What somebody does who has never been here, from the first page to signing out everywhere. */
class FirstHourTest {
  private static final Pattern RECEIPT = Pattern.compile("[0-9a-f-]{36}\\.receipt");

  @RegisterExtension
  @Order(1)
  static final RunningServer SERVER = RunningServer.shared();

  @RegisterExtension
  @Order(2)
  static final RealBrowser BROWSER = new RealBrowser();

  private final Tab tab = BROWSER.tab(RealBrowser.Profile.ONE, SERVER);
  private final String slug = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);

  private void signIn(String person) {
    tab.open("/");
    tab.press("Sign in");
    assertThat(tab.text()).contains("Development identity provider");
    tab.signInAs(person);
    assertThat(tab.path()).isEqualTo("/workspaces");
  }

  private void found(String name) {
    tab.fill("Name", name);
    tab.fill("Short name", slug);
    tab.press("Create it");
  }

  /** With scripts at a desk, and without them on a phone. */
  @ParameterizedTest
  @CsvSource({"niklaus,true,1280", "mallory,false,360"})
  void aStrangerHasATenantReadsItsLogAndSignsOut(String person, boolean scripts, int width) {
    tab.scripts(scripts);
    tab.screen(width, 800);
    signIn(person);

    found("Acme & Co");
    assertThat(tab.path()).isEqualTo("/workspaces#tenant-" + slug);
    assertThat(tab.all(By.cssSelector("li:target .state")).getFirst().getText())
        .isEqualTo("active");
    assertThat(tab.text()).contains("you are its owner, and it is ready to work in");

    tab.press("Work in Acme & Co");
    assertThat(tab.path()).isEqualTo("/home");
    assertThat(tab.text()).contains("You are owner here");

    tab.press("Open the audit log");
    tab.choose("Outcome", "Done");
    tab.fill("Action", "tenant.created");
    tab.press("Search");
    assertThat(tab.path()).contains("action=tenant.created", "outcome=done");
    assertThat(tab.all(By.cssSelector(".records tbody tr"))).hasSize(1);
    tab.press("tenant.created");
    assertThat(tab.heading()).isEqualTo("tenant.created");
    tab.press("Show the receipt");
    assertThat(tab.all(By.cssSelector("details[open] pre")).getFirst().getText())
        .contains("c2sp.org/tlog-proof@v1");
    assertThat(tab.text()).containsPattern(RECEIPT);

    tab.press("Sessions");
    assertThat(tab.text()).contains("Chrome").contains("this one");
    tab.press("Sign out everywhere");
    assertThat(tab.has("Sign in")).isTrue();
    assertThat(tab.cookies()).noneMatch(cookie -> cookie.getName().equals("__Host-cofferdam"));
    tab.open("/home");
    assertThat(tab.text()).contains("unauthenticated");
    assertThat(tab.complaints())
        .singleElement()
        .asString()
        .as("that last page is a problem, and nothing else")
        .contains("/home", "401");

    tab.openElsewhere("data:text/html,<title>off</title><script>document.title='on'</script>");
    assertThat(tab.title())
        .as("whether a page could have run scripts")
        .isEqualTo(scripts ? "on" : "off");
  }

  @Test
  void aFormThatWasLeftOpenWhileTheWorkspaceChangedWritesNothing() {
    signIn("edith");
    found("First");
    tab.press("Work in First");
    tab.press("Invites");
    tab.fill("E-mail address", "nobody@example.org");
    String open = tab.another("/home");
    tab.press("Leave this workspace");
    tab.back(open);
    tab.press("Invite");
    assertThat(tab.text()).contains("workspace_changed");
    assertThat(Letters.to("nobody@example.org")).isEmpty();

    tab.press("Back to the beginning");
    tab.press("Work in First");
    tab.press("Invites");
    assertThat(tab.text()).contains("Nobody was invited yet");
  }

  @Test
  void aColleagueIsInvitedAndComesFromAnotherBrowser() {
    signIn("grace");
    found("Works");
    tab.press("Work in Works");
    tab.press("Invites");
    tab.fill("E-mail address", "member@acme.example");
    tab.choose("Role", "auditor");
    int before = Letters.to("member@acme.example").size();
    tab.press("Invite");
    assertThat(tab.text()).contains("member@acme.example", "as auditor");

    Tab other = BROWSER.tab(RealBrowser.Profile.OTHER, SERVER);
    other.open("/invite");
    other.press("Sign in");
    other.signInAs("alan");
    assertThat(other.path()).isEqualTo("/invite");
    other.fill("Code", Letters.code("member@acme.example", before + 1));
    other.press("Look at it");
    assertThat(other.text()).contains("Works", "Grace (admin@acme.example) invites you", "auditor");
    other.press("Accept");
    assertThat(other.path()).isEqualTo("/workspaces");
    other.press("Work in Works");
    assertThat(other.text()).contains("You are auditor here");
    assertThat(other.has("Audit log")).isTrue();

    tab.press("Members");
    assertThat(tab.text()).contains("Alan", "accepted an invitation as auditor");
    tab.choose(
        tab.all(By.cssSelector("select[aria-label='The role of Alan']")).getFirst(), "member");
    tab.press("Change the role of Alan");
    assertThat(tab.text()).contains("Grace made Alan member");
    other.openUntil("/home", "You are member here");
    assertThat(other.text()).contains("You are member here");
    assertThat(other.has("Audit log")).as("what a member may not open").isFalse();
    assertThat(tab.complaints()).isEmpty();
    assertThat(other.complaints()).isEmpty();
  }

  @Test
  void aTenantIsDeletedAfterSigningInAgainAndKept() {
    signIn("ada");
    found("Gone soon");
    tab.press("Work in Gone soon");
    tab.press("Delete this tenant");
    assertThat(tab.path()).isEqualTo("/tenant/delete");
    tab.fill("Short name", slug);
    tab.press("Delete it");
    assertThat(tab.text()).contains("insufficient_user_authentication");

    tab.press("Sign in again");
    assertThat(tab.all(By.cssSelector("input[value=mfa]")).getFirst().isSelected())
        .as("the assurance that is asked for")
        .isTrue();
    tab.signInAs("ada");
    assertThat(tab.path()).as("the page with the form").isEqualTo("/tenant/delete");
    tab.fill("Short name", "another");
    tab.press("Delete it");
    assertThat(tab.text()).contains("is not this tenant's");
    tab.fill("Short name", slug);
    tab.press("Delete it");
    assertThat(tab.path()).isEqualTo("/home");
    assertThat(tab.text()).contains("This tenant will be deleted on");

    tab.press("Keep it");
    assertThat(tab.text()).doesNotContain("will be deleted on");
    assertThat(tab.complaints())
        .as("what was refused on the way, and nothing else")
        .allMatch(said -> said.contains("status of 401") || said.contains("status of 422"));
  }
}
