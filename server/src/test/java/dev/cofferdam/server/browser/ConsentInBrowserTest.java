package dev.cofferdam.server.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cofferdam.server.oauth.authorization.AskingClient;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** A program on a person's machine asks for something, in a browser that keeps its own rules. */
class ConsentInBrowserTest {
  @RegisterExtension
  @Order(1)
  static final RunningServer SERVER = RunningServer.shared();

  @RegisterExtension
  @Order(2)
  static final RealBrowser BROWSER = new RealBrowser();

  private final Tab tab = BROWSER.tab(RealBrowser.Profile.ONE, SERVER);
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private HttpServer program;

  @BeforeEach
  void listen() throws IOException {
    program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    program.createContext(
        "/done",
        exchange -> {
          answers.add(exchange.getRequestURI().getRawQuery());
          byte[] page =
              "<!doctype html><title>Done</title><h1>Back to your program</h1>".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    program.start();
  }

  @AfterEach
  void stop() {
    program.stop(0);
  }

  private String place() {
    return "http://127.0.0.1:" + program.getAddress().getPort() + "/done";
  }

  private void register(String name) {
    tab.open("/clients");
    tab.fill("Name", name);
    tab.fill("Redirect URIs", "http://127.0.0.1/done");
    tab.all(By.cssSelector("input[value='groups:read']")).getFirst().click();
    tab.press("Register it");
  }

  private Map<String, String> asking(String client) {
    Map<String, String> asking = new LinkedHashMap<>();
    asking.put("response_type", "code");
    asking.put("client_id", client);
    asking.put("redirect_uri", place());
    asking.put("state", "a state");
    asking.put("code_challenge", AskingClient.challenge("v".repeat(43)));
    asking.put("code_challenge_method", "S256");
    return asking;
  }

  @ParameterizedTest
  @CsvSource({"grace,true,1280", "ada,false,360"})
  void aPersonLooksWhoAsksAndLetsThemOrNot(String person, boolean scripts, int width)
      throws InterruptedException {
    tab.scripts(scripts);
    tab.screen(width, 800);
    tab.open("/sign-in?return_to=/workspaces");
    tab.signInAs(person);
    String slug = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    tab.fill("Name", "A workshop");
    tab.fill("Short name", slug);
    tab.press("Create it");
    tab.press("Work in A workshop");
    register("A tool");
    if (tab.has("Sign in again")) {
      tab.press("Sign in again");
      tab.signInAs(person);
      register("A tool");
    }
    String client =
        String.valueOf(
                tab.all(By.cssSelector("li[id^='client-']")).getFirst().getDomAttribute("id"))
            .substring("client-".length());

    // From a browser that is signed out: the way leads past the sign-in, and back to the question.
    tab.press("Sign out");
    tab.open(AskingClient.path(asking(client)));
    tab.signInAs(person);
    assertThat(tab.heading()).isEqualTo("Where may A tool act?");
    tab.press("Go on in A workshop");
    assertThat(tab.heading()).isEqualTo("A tool asks for access");
    assertThat(tab.text()).contains("A workshop", "see its groups", "this computer", client);

    tab.press("Allow");
    assertThat(tab.heading()).isEqualTo("Back to your program");
    assertThat(answers.take())
        .matches("code=cofferdam_code_[0-9a-f]+&state=a%20state&iss=http.*")
        .contains("iss=" + encoded(SERVER.uri("").toString()));

    tab.open(AskingClient.path(asking(client)));
    tab.press("Do not allow");
    assertThat(answers.take()).startsWith("error=access_denied&state=a%20state&iss=");

    Map<String, String> elsewhere = asking(client);
    elsewhere.put("redirect_uri", "https://elsewhere.example/");
    tab.open(AskingClient.path(elsewhere));
    assertThat(tab.heading()).isEqualTo("This request goes nowhere");
    assertThat(tab.complaints())
        .as("what the browser says of pages that are no problem")
        .allMatch(said -> said.contains("the server responded with a status of 4"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
