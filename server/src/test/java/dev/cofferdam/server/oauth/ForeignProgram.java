package dev.cofferdam.server.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a program told that does as {@code openid-client} of npm does. It takes {@code node}, and
 * {@code npm ci} in {@code src/test/node}.
 */
public final class ForeignProgram {
  private static final Path SCRIPTS = Path.of("src/test/node");

  private final Map<String, JsonNode> told;

  private ForeignProgram(Map<String, JsonNode> told) {
    this.told = told;
  }

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

  /**
   * Runs one, if there is what it takes.
   *
   * @param wish a line with this wants something of a person
   * @param person does it, and says what comes of it
   */
  public static ForeignProgram run(
      String wish, Function<JsonNode, String> person, String... program)
      throws IOException, InterruptedException {
    assumeTrue(
        isInstalled(),
        "NOT TESTED with a client of others: it takes node, and `npm ci` in server/src/test/node");
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
    return new ForeignProgram(told);
  }

  /** The same for one that wants nothing of anybody. */
  public static ForeignProgram run(String... program) throws IOException, InterruptedException {
    return run("ask", said -> "", program);
  }

  /** What it told by this name. */
  public String text(String name) {
    return Objects.requireNonNull(told.get(name), name).asString();
  }
}
