package dev.cofferdam.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Cookie;

/** What the browser itself does for us: only because we ask for it, and only if it understands. */
class BrowserGuardsTest {
  @RegisterExtension
  @Order(1)
  static final RunningServer SERVER = RunningServer.shared();

  @RegisterExtension
  @Order(2)
  static final RealBrowser BROWSER = new RealBrowser();

  private final Tab tab = BROWSER.tab(RealBrowser.Profile.ONE, SERVER);

  private void signIn() {
    tab.open("/sign-in?return_to=/sessions");
    tab.signInAs("edith");
  }

  @Test
  void theSessionIsKeptWhereNeitherScriptsNorOtherSitesNorNeighboursGet() {
    signIn();
    assertThat(tab.cookies())
        .extracting(Cookie::getName)
        .containsExactlyInAnyOrder("__Host-cofferdam", "__Host-cofferdam-sign-in");
    assertThat(tab.cookies())
        .allSatisfy(
            cookie -> {
              assertThat(cookie.isHttpOnly()).isTrue();
              assertThat(cookie.isSecure()).isTrue();
              assertThat(cookie.getSameSite()).isEqualTo("Lax");
              assertThat(cookie.getPath()).isEqualTo("/");
              assertThat(cookie.getDomain()).as("this host alone").isEqualTo("127.0.0.1");
            });
    assertThat(tab.run("return document.cookie")).isEqualTo("");
  }

  @Test
  void whatIsPutIntoAPageFromOutsideDoesNotRun() {
    signIn();
    tab.run(
        """
        const script = document.createElement('script');
        script.textContent = "document.title = 'taken over'";
        document.body.append(script);
        const style = document.createElement('style');
        style.textContent = 'h1 { display: none }';
        document.body.append(style);
        """);
    assertThat(tab.title()).isEqualTo("Sessions · Cofferdam");
    assertThat(tab.heading()).isEqualTo("Sessions");
    assertThat(tab.complaints())
        .as("so a violation is seen where one is")
        .hasSize(2)
        .allMatch(said -> said.contains("Content Security Policy"));
  }

  @Test
  void noOtherSiteFramesAPageOrSendsAFormWithTheSession() throws Exception {
    signIn();
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      other.createContext("/", BrowserGuardsTest::lure);
      other.start();
      // To a browser, another site: by name, and not by address.
      tab.openElsewhere("http://localhost:" + other.getAddress().getPort() + "/");
      assertThat(tab.complaints()).anyMatch(said -> said.contains("frame-ancestors"));
      tab.press("Win a prize");
      assertThat(tab.text()).as("without the cookie").contains("unauthenticated");
    } finally {
      other.stop(0);
    }
    tab.open("/sessions");
    assertThat(tab.text()).as("still signed in").contains("this one");
  }

  private static void lure(HttpExchange exchange) throws IOException {
    byte[] page =
        """
        <!doctype html><title>Other</title>
        <iframe src="%1$s"></iframe>
        <form method="post" action="%1$s/end-all"><button>Win a prize</button></form>
        """
            .formatted(SERVER.uri("/sessions"))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }
}
