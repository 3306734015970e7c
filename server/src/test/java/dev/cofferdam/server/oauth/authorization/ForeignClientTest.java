package dev.cofferdam.server.oauth.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that others wrote, {@code openid-client} of npm, goes the whole way: it is told nothing
 * of this server but its address. Needs {@code node} and {@code npm ci} in {@code src/test/node}.
 */
class ForeignClientTest {
  private static final Path SCRIPTS = Path.of("src/test/node");

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser owner = Browser.ofSomebody(SERVER);

  private static boolean isInstalled() {
    try {
      return Files.isDirectory(SCRIPTS.resolve("node_modules/openid-client"))
          && new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The person: looks at the page, and allows it. Where the browser is sent then. */
  private String allowed(URI asked) {
    Answer page = owner.get(asked.getRawPath() + "?" + asked.getRawQuery());
    assertThat(page.status()).as(page.http().body()).isEqualTo(200);
    Map<String, String> form = AskingClient.fields(page);
    form.put("answer", "allow");
    return owner.form("/oauth/authorize", owner.token(), form).header("Location");
  }

  @Test
  void aClientThatOthersWroteGoesTheWholeWay() throws IOException, InterruptedException {
    assumeTrue(
        isInstalled(),
        "NOT TESTED with a client of others: it takes node, and `npm ci` in server/src/test/node");
    String tenant = owner.inOwnTenant("n" + UUID.randomUUID().toString().substring(0, 13));
    AskingClient client = AskingClient.registered(SERVER, owner);
    Map<String, JsonNode> told =
        run(
            said -> allowed(URI.create(said.path("ask").asString())),
            "ask",
            "client.mjs",
            SERVER.uri("").toString(),
            client.id,
            AskingClient.REDIRECT,
            "tenant:read groups:read");
    assertThat(text(told, "issuer")).isEqualTo(SERVER.uri("").toString());
    assertThat(text(told, "iss")).isEqualTo("true");
    assertThat(text(told, "type")).isEqualToIgnoringCase("bearer");
    assertThat(text(told, "scope")).isEqualTo("groups:read tenant:read");
    assertThat(text(told, "rotated")).isEqualTo("true");
    assertThat(text(told, "status")).isEqualTo("200");
    assertThat(text(told, "tenant")).isEqualTo(tenant);
    assertThat(text(told, "mixed")).as("an answer of another server").isNotEqualTo("done");
    assertThat(text(told, "renewed")).as("after it was given up").isEqualTo("invalid_grant");
  }

  @Test
  void aProgramWithoutABrowserThatOthersWroteGoesTheWholeWay()
      throws IOException, InterruptedException {
    assumeTrue(
        isInstalled(),
        "NOT TESTED with a client of others: it takes node, and `npm ci` in server/src/test/node");
    String tenant = owner.inOwnTenant("v" + UUID.randomUUID().toString().substring(0, 13));
    Map<String, JsonNode> told =
        run(
            this::typed,
            "type",
            "device.mjs",
            SERVER.uri("").toString(),
            "cofferdam-cli",
            "tenant:read groups:read");
    assertThat(text(told, "at")).isEqualTo(SERVER.uri("/device").toString());
    assertThat(text(told, "bearer")).isEqualToIgnoringCase("bearer");
    assertThat(text(told, "scope")).isEqualTo("groups:read tenant:read");
    assertThat(text(told, "status")).isEqualTo("200");
    assertThat(text(told, "tenant")).isEqualTo(tenant);
    assertThat(text(told, "denied")).isEqualTo("access_denied");
    assertThat(text(told, "again")).as("it was redeemed").isEqualTo("invalid_grant");
    assertThat(text(told, "made")).isEqualTo("cofferdam_pat_");
    assertThat(text(told, "lasts")).isEqualTo(String.valueOf(9 * 86_400));
    assertThat(text(told, "details")).isEqualTo("personal_token");
    assertThat(text(told, "reads")).isEqualTo("200");
  }

  /** The person: types the code, and answers as the program wants it for the test. */
  private String typed(JsonNode said) {
    Answer answer =
        owner.form(
            "/device/answer",
            owner.token(),
            Map.of("code", said.path("type").asString(), "answer", said.path("as").asString()));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(303);
    return "answered";
  }

  /**
   * Runs a program of others: what it told.
   *
   * @param person does what a line with {@code wish} wants, and says what comes of it
   */
  private static Map<String, JsonNode> run(
      Function<JsonNode, String> person, String wish, String... program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(program));
    Process node =
        new ProcessBuilder(command).directory(SCRIPTS.toFile()).redirectErrorStream(true).start();
    Map<String, JsonNode> told = new HashMap<>();
    try (BufferedReader out = node.inputReader(UTF_8);
        PrintStream in = new PrintStream(node.getOutputStream(), true, UTF_8)) {
      for (@Nullable String line = out.readLine(); line != null; line = out.readLine()) {
        assertThat(line).as("what the client says").startsWith("{");
        JsonNode said = JsonMapper.shared().readTree(line);
        if (said.has(wish)) {
          in.println(person.apply(said));
        }
        said.properties().forEach(each -> told.put(each.getKey(), each.getValue()));
      }
    }
    assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).isZero();
    return told;
  }

  private static String text(Map<String, JsonNode> told, String name) {
    return Objects.requireNonNull(told.get(name), name).asString();
  }
}
