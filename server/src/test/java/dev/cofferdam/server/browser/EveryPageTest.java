package dev.cofferdam.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.oauth.authorization.AskingClient;
import dev.cofferdam.server.testing.Letters;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/**
 * What every page owes to whoever reads it: on a phone, in the dark, with a screen reader. The
 * pages are those of the navigation and what is behind them, with as much on them as there can be.
 */
class EveryPageTest {
  private static final String WITHOUT_VIOLATIONS =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations'], ...arguments[0]}).then(
          found => done(found.violations.map(
              one => one.id + ': ' + one.nodes.map(node => node.html).join(' | '))),
          failed => done(['axe: ' + failed]));
      """;

  private static final Map<String, Object> ALL_RULES = Map.of();

  /** Those that other colours and another width can break. */
  private static final Map<String, Object> RULES_OF_SIGHT =
      Map.of("runOnly", List.of("color-contrast", "target-size", "meta-viewport"));

  /** Wider than the screen, by which elements. */
  private static final String TOO_WIDE =
      """
      const room = document.documentElement.clientWidth;
      return [...document.querySelectorAll('body *')]
          .filter(one => !one.closest('.skip, .hidden') && one.getBoundingClientRect().right > room + 0.5)
          .map(one => one.outerHTML.slice(0, 80))
          .concat(document.documentElement.scrollWidth > room ? ['the page'] : []);
      """;

  /** Buttons and fields that are smaller than a finger. */
  private static final String TOO_SMALL =
      """
      return [...document.querySelectorAll('main button, main .button, main select, main input')]
          .filter(one => one.type !== 'hidden')
          .map(one => ['radio', 'checkbox'].includes(one.type) ? one.closest('label') : one)
          .filter(one => one.getBoundingClientRect().height < 43.5)
          .map(one => one.outerHTML.slice(0, 80));
      """;

  @RegisterExtension
  @Order(1)
  static final RunningServer SERVER = RunningServer.shared();

  @RegisterExtension
  @Order(2)
  static final RealBrowser BROWSER = new RealBrowser();

  private static final String AXE = axe();

  /** Of how many pages one is asked for what can be seen of it a second time, in the dark. */
  private static final int ONE_OF = Boolean.getBoolean("test.whole") ? 1 : 4;

  private static final AtomicInteger PAGES = new AtomicInteger();

  private final List<Runnable> ends = new ArrayList<>();
  private final Tab tab = tab(RealBrowser.Profile.ONE);

  /** One whose pages can be asked for violations. */
  private Tab tab(RealBrowser.Profile profile) {
    Tab tab = BROWSER.tab(profile, SERVER);
    ends.add(tab.inEveryPage(AXE));
    return tab;
  }

  @AfterAll
  static void sayWhatWasLeftOut() {
    int looked = (PAGES.get() + ONE_OF - 1) / ONE_OF;
    if (looked < PAGES.get()) {
      System.out.printf(
          "left out: the rules of sight on a phone in the dark, on %d of %d pages%n",
          PAGES.get() - looked, PAGES.get());
    }
  }

  @AfterEach
  void leaveTheBrowserAsItWas() {
    ends.forEach(Runnable::run);
  }

  private static String axe() {
    try (InputStream script = EveryPageTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatNobodyHasToSignInFor() {
    assertSoftly(
        softly -> {
          look(softly, "the first page", () -> tab.open("/"));
          look(softly, "the way to an invitation", () -> tab.open("/invite"));
          look(softly, "signed out", () -> tab.open("/signed-out"));
          look(softly, "a refusal", () -> tab.open("/home"));
          look(softly, "the development IdP", () -> tab.open("/sign-in"));
        });
  }

  @Test
  void whatPeopleWorkWith() {
    tab.open("/sign-in?return_to=/workspaces");
    tab.signInAs("alan");
    String slug = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    tab.fill(
        "Name", "A tenant with a name that is as long as it may be: " + "wide ".repeat(9) + "end.");
    tab.fill("Short name", slug);
    tab.press("Create it");
    tab.click(By.cssSelector("li:target button"));
    tab.open("/invites");
    String invited = "owner@globex.example";
    int before = Letters.to(invited).size();
    tab.fill("E-mail address", invited);
    tab.press("Invite");
    tab.fill("E-mail address", "x".repeat(60) + "@" + "y".repeat(60) + ".example");
    tab.press("Invite");

    Map<String, Runnable> pages = new LinkedHashMap<>();
    pages.put("workspaces", () -> tab.open("/workspaces"));
    pages.put("a name that cannot be", this::aNameThatCannotBe);
    for (String path :
        List.of(
            "/home",
            "/tenant/delete",
            "/tenant/delete/agree",
            "/members",
            "/invites",
            "/invite",
            "/secrets",
            "/domains",
            "/tokens",
            "/service-tokens",
            "/service-clients",
            "/nodes",
            "/groups",
            "/bootstrap-tokens",
            "/clients",
            "/client-grants",
            "/oauth/authorize?client_id=nobody",
            "/sessions",
            "/audit",
            "/audit?outcome=denied&from=2026-01-01T00:00",
            "/audit?actor=nobody",
            "/audit/verify")) {
      pages.put(path, () -> tab.open(path));
    }
    pages.put("the tokens of a member", this::openTokensOfAMember);
    pages.put("identity providers", () -> tab.open("/identity-providers"));
    pages.put("a provider that cannot be", () -> bringProvider("http://idp.example"));
    pages.put("a provider", () -> bringProvider("https://idp.example/" + "realm/".repeat(20)));
    pages.put("groups, and a name that cannot be", () -> makeGroup(" "));
    pages.put("a group with somebody in it", this::fillAGroup);
    pages.put("the nodes of a group", this::openNodesOfAGroup);
    pages.put("a record", () -> openRecord("tenant.created"));
    pages.put("personal data", this::openPersonalData);
    pages.put("what is not there", () -> tab.open("/audit/records/" + UUID.randomUUID()));
    pages.put("the successor of a token", this::openSuccessor);
    pages.put("a client that cannot be", () -> registerClient("http://client.example/done"));
    pages.put("a client that asks", this::openConsent);
    pages.put("a code to type", () -> tab.open("/device"));
    pages.put("a code that is none", () -> typeCode("BBBB-BBBB"));
    pages.put("a program on another device", () -> typeCode(askAsDevice()));
    pages.put("its answer", () -> tab.open("/device/answered"));
    pages.put("trusted issuers", () -> tab.open("/trusted-issuers"));
    pages.put("an issuer that cannot be", () -> trust("http://idp.example"));
    pages.put("a trusted issuer with a rule", this::trustByARule);
    pages.put("a rule that cannot be", () -> makeRule("everything"));
    assertSoftly(softly -> pages.forEach((name, way) -> look(softly, name, way)));

    Tab other = tab(RealBrowser.Profile.OTHER);
    other.open("/sign-in?return_to=/invite");
    other.signInAs("niklaus");
    other.fill("Code", Letters.code(invited, before + 1));
    other.press("Look at it");
    assertSoftly(softly -> read(softly, "an invitation", other));
    other.press("Accept");
    assertSoftly(softly -> look(softly, "two members", () -> tab.open("/members")));
    assertThat(tab.complaints())
        .as("what the browser says of pages that are no problem")
        .allMatch(said -> said.contains("the server responded with a status of 4"));
  }

  @Test
  void whatOperatorsWorkWith() {
    String slug = "o" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    String tenant = "/operator/tenants/" + Browser.ofSomebody(SERVER).inOwnTenant(slug);
    tab.open("/operator");
    tab.press("Sign in");
    tab.signInAs("ken");

    Map<String, Runnable> pages = new LinkedHashMap<>();
    for (String path :
        List.of(
            "/operator",
            "/operator?slug=" + slug,
            tenant,
            tenant + "/suspend",
            tenant + "/emergency",
            "/sessions")) {
      pages.put(path, () -> tab.open(path));
    }
    assertSoftly(softly -> pages.forEach((name, way) -> look(softly, name, way)));

    tab.open(tenant + "/emergency");
    tab.fill("Reason", "Their export fails. " + "Support was asked ".repeat(9) + "again.");
    tab.press("Break the glass");
    assertSoftly(
        softly -> {
          look(softly, "a tenant behind the glass", () -> tab.open("/home"));
          look(softly, "its log", () -> tab.open("/audit?action=emergency.opened"));
          look(softly, "what is not listed", () -> tab.open("/members"));
        });
  }

  private void aNameThatCannotBe() {
    tab.open("/workspaces");
    tab.fill("Name", "Some");
    tab.fill("Short name", "No name");
    tab.press("Create it");
  }

  private void openTokensOfAMember() {
    tab.open("/members");
    tab.click(By.cssSelector("a[href$='/tokens'][href^='/members/']"));
  }

  private void makeGroup(String name) {
    tab.open("/groups");
    tab.fill("Name", name);
    tab.press("Make the group");
  }

  private void fillAGroup() {
    makeGroup("x".repeat(60) + UUID.randomUUID());
    tab.press("Put in");
  }

  private void openNodesOfAGroup() {
    tab.open("/groups");
    tab.click(By.cssSelector("a[href$='/nodes'][href^='/groups/']"));
  }

  private void openSuccessor() {
    tab.open("/service-tokens");
    if (tab.all(By.cssSelector("a[href$='/successor']")).isEmpty()) {
      makeServiceToken();
      tab.press("Sign in again");
      tab.signInAs("alan");
      makeServiceToken();
      tab.press("I have it");
    }
    tab.click(By.cssSelector("a[href$='/successor']"));
  }

  private void registerClient(String place) {
    tab.open("/clients");
    tab.fill("Name", "A program with a name of eighty letters, more than there is room for here");
    tab.fill("Redirect URIs", place);
    tab.all(By.cssSelector("main input[type='checkbox']")).forEach(WebElement::click);
    tab.press("Register it");
  }

  private void openConsent() {
    tab.open("/clients");
    if (tab.all(By.cssSelector("li[id^='client-']")).isEmpty()) {
      registerClient("https://client.example/" + "done/".repeat(40));
    }
    String client =
        String.valueOf(
                tab.all(By.cssSelector("li[id^='client-']")).getFirst().getDomAttribute("id"))
            .substring("client-".length());
    tab.open(
        AskingClient.path(
            Map.of(
                "response_type",
                "code",
                "client_id",
                client,
                "redirect_uri",
                "https://client.example/" + "done/".repeat(40),
                "code_challenge",
                AskingClient.challenge("a verifier"),
                "code_challenge_method",
                "S256")));
  }

  private void typeCode(String code) {
    tab.open("/device");
    tab.fill("Code", code);
    tab.press("Look at it");
  }

  private static String askAsDevice() {
    try {
      return new Browser.Answer(
              SERVER.send(
                  SERVER
                      .request("/oauth/device")
                      .header("Content-Type", "application/x-www-form-urlencoded")
                      .POST(HttpRequest.BodyPublishers.ofString("client_id=cofferdam-cli"))))
          .text("user_code");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void makeServiceToken() {
    tab.fill("Label", "a job");
    tab.all(By.cssSelector("input[value='audit:read']")).getFirst().click();
    tab.press("Make it");
  }

  private void bringProvider(String issuer) {
    tab.open("/identity-providers");
    tab.fill("Name", "p" + UUID.randomUUID());
    tab.fill("Issuer", issuer);
    tab.fill("Client id", "us");
    tab.press("Bring it");
  }

  private void trust(String issuer) {
    tab.open("/trusted-issuers");
    tab.fill("Name", "builds " + UUID.randomUUID());
    tab.fill("Issuer", issuer);
    tab.press("Trust it");
  }

  private void trustByARule() {
    trust("https://idp.example/" + "realm/".repeat(20));
    makeRule("repository = acme/" + "app".repeat(40) + "\nref = main");
  }

  private void makeRule(String conditions) {
    tab.fill("Name", "a rule");
    tab.fill("What a token must say", conditions);
    tab.all(By.cssSelector("input[name=scope]")).getFirst().click();
    tab.press("Make it");
  }

  private void openRecord(String action) {
    tab.open("/audit?action=" + action);
    tab.press(action);
  }

  private void openPersonalData() {
    tab.open("/audit?action=invite.created");
    tab.click(By.cssSelector(".what a"));
    tab.press("Open them");
  }

  /** At a desk in the light, and on the narrowest phone in the dark. */
  private void look(SoftAssertions softly, String name, Runnable way) {
    tab.screen(1280, 800);
    tab.scheme("light");
    way.run();
    read(softly, name, tab);
    tab.screen(320, 640);
    tab.scheme("dark");
    if (PAGES.getAndIncrement() % ONE_OF == 0) {
      hold(softly, name + ", on a phone in the dark", tab, RULES_OF_SIGHT);
    }
    softly.assertThat((List<?>) tab.run(TOO_WIDE)).as("%s: too wide", name).isEmpty();
    softly.assertThat((List<?>) tab.run(TOO_SMALL)).as("%s: too small", name).isEmpty();
  }

  private void read(SoftAssertions softly, String name, Tab tab) {
    hold(softly, name, tab, ALL_RULES);
    Told told = tab.told();
    softly.assertThat(told.names("main")).as("%s: one main part", name).hasSize(1);
    softly.assertThat(told.controls()).as("%s: names", name).noneMatch(one -> one.name().isEmpty());
    List<Integer> levels = new ArrayList<>();
    for (WebElement heading : tab.all(By.cssSelector("h1, h2, h3, h4"))) {
      levels.add(heading.getTagName().charAt(1) - '0');
    }
    softly.assertThat(levels).as("%s: headings", name).startsWith(1);
    softly.assertThat(levels.stream().filter(level -> level == 1)).as(name).hasSize(1);
    for (int n = 1; n < levels.size(); n++) {
      softly.assertThat(levels.get(n)).as(name).isLessThanOrEqualTo(levels.get(n - 1) + 1);
    }
    softly.assertThat(tab.title()).as("%s: a title of its own", name).matches(".+ · .+");
  }

  private static void hold(SoftAssertions softly, String name, Tab tab, Map<String, Object> rules) {
    softly.assertThat((List<?>) tab.runUntilCalled(WITHOUT_VIOLATIONS, rules)).as(name).isEmpty();
  }
}
