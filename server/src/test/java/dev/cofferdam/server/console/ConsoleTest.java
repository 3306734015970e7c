package dev.cofferdam.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages as a browser without scripts uses them. */
class ConsoleTest {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern ICON = Pattern.compile("rel=\"icon\" href=\"([^\"]+)\"");
  private static final Pattern STYLE = Pattern.compile("rel=\"stylesheet\" href=\"([^\"]+)\"");

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser browser = Browser.ofSomebody(SERVER);

  private static String first(Pattern pattern, Answer page) {
    Matcher found = pattern.matcher(page.http().body());
    assertThat(found.find()).as(page.http().body()).isTrue();
    return found.group(1);
  }

  private static String next(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(303);
    return answer.http().headers().firstValue("Location").orElseThrow();
  }

  private static String slug() {
    return "t" + UUID.randomUUID().toString().replace("-", "");
  }

  @Test
  void aStrangerFindsTheWayIn() throws Exception {
    var page = SERVER.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    assertThat(page.body())
        .contains("href=\"/sign-in\"", "<html lang=\"en\">", "<main id=\"content\"");
    assertThat(page.body()).doesNotContain("<script", "style=\"", "<form");
  }

  @Test
  void theStyleSheetMayBeKeptAndNoOtherNameIsAnswered() throws Exception {
    String path = first(STYLE, browser.get("/workspaces"));
    var style = SERVER.get(path);
    assertThat(style.statusCode()).isEqualTo(200);
    assertThat(style.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(style.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/css");
    assertThat(SERVER.get("/assets/console.css").statusCode()).isEqualTo(404);
    var icon = SERVER.get(first(ICON, browser.get("/workspaces")));
    assertThat(icon.headers().firstValue("Content-Type").orElseThrow()).isEqualTo("image/svg+xml");
  }

  @Test
  void foundsATenantWorksInItLeavesItAndSignsOut() {
    assertThat(next(browser.get("/"))).isEqualTo("/workspaces");
    String slug = slug();
    Answer page = browser.get("/workspaces");
    Answer made =
        browser.form(
            "/workspaces", first(TOKEN, page), Map.of("slug", slug, "name", "<b>Acme & Co</b>"));
    assertThat(next(made)).isEqualTo("/workspaces#tenant-" + slug);

    Answer listed = browser.get("/workspaces");
    assertThat(listed.http().body())
        .contains("&lt;b>Acme &amp; Co&lt;/b>", "id=\"tenant-" + slug + "\"", ">active<")
        .contains("you are its owner, and it is ready")
        .doesNotContain("<b>");
    String choice = first(Pattern.compile("name=\"choice\" value=\"([^\"]+)\""), listed);
    String token = first(TOKEN, listed);
    assertThat(next(browser.form("/workspaces/enter", token, Map.of("choice", choice))))
        .isEqualTo("/home");

    Answer home = browser.get("/home");
    assertThat(home.http().body()).contains("You are owner here", slug);
    assertThat(browser.form("/workspaces/enter", token, Map.of("choice", choice)).text("code"))
        .as("a form that was left open")
        .isEqualTo("workspace_changed");
    assertThat(next(browser.form("/workspaces/leave", first(TOKEN, home), Map.of())))
        .isEqualTo("/workspaces");

    Answer sessions = browser.get("/sessions");
    assertThat(sessions.http().body()).contains("this one", "A browser", ">Sign out<");
    assertThat(next(browser.form("/sessions/end-all", first(TOKEN, sessions), Map.of())))
        .isEqualTo("/signed-out");
    assertThat(browser.cookie()).isEmpty();
    assertThat(browser.get("/signed-out").http().body())
        .contains("signed out here", "href=\"/sign-out/provider\"");
    assertThat(browser.get("/").http().body()).contains("href=\"/sign-in\"");
  }

  @Test
  void aNameThatCannotBeIsShownWithWhatIsWrong() {
    Answer page = browser.get("/workspaces");
    Answer again =
        browser.form(
            "/workspaces", first(TOKEN, page), Map.of("slug", "No Slug\"><i>", "name", "Acme"));
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.http().body())
        .contains("role=\"alert\"", "aria-invalid=\"true\"", "value=\"Acme\"", "No Slug&#34;")
        .doesNotContain("<i>");
  }

  @Test
  void aFormWithMoreInItThanItHasIsRefused() {
    Answer page = browser.get("/workspaces?from=elsewhere");
    assertThat(page.status()).as("what a link bears is ignored").isEqualTo(200);
    Answer more =
        browser.form(
            "/workspaces",
            first(TOKEN, page),
            Map.of("slug", slug(), "name", "Acme", "role", "owner"));
    assertThat(more.text("code")).isEqualTo("unknown_field");
  }

  @Test
  void aFormWithoutItsTokenIsRefused() {
    assertThat(
            browser
                .form("/workspaces", "-.forged", Map.of("slug", slug(), "name", "Acme"))
                .text("code"))
        .isEqualTo("cross_site_request");
  }

  @Test
  void aBrowserIsShownARefusalAsAPageAndAClientOfTheApiAsADocument() throws Exception {
    var page = SERVER.send(SERVER.request("/sessions").header("Accept", "text/html,*/*;q=0.8"));
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).contains("href=\"/sign-in?return_to=%2Fsessions\"", "unauthenticated");
    var document = SERVER.send(SERVER.request("/v1/me").header("Accept", "text/html,*/*;q=0.8"));
    assertThat(document.statusCode()).isEqualTo(401);
    assertThat(document.headers().firstValue("Content-Type")).contains("application/problem+json");
  }
}
