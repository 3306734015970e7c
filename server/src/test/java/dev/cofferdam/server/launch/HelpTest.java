package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The help texts are files, so that they can be read before anything is built: held to the code
 * here.
 */
final class HelpTest {
  private static final Pattern OPTION = Pattern.compile("(?m)^ {2}(--[a-z-]+)");
  private static final Pattern COMMAND = Pattern.compile("(?m)^ {2}([a-z]+) {2,}");

  /** Where the launcher script says what is done for which words. */
  private static final Pattern CASE = Pattern.compile("(?m)^([a-z]+(?: \\| [a-z-]+)*)\\)");

  /** What the launcher script does by itself. */
  private static final Set<String> OF_THE_SCRIPT =
      Set.of("demo", "test", "review", "bench", "login", "logout", "token");

  private final Map<String, CommandLine> commands =
      Main.commands(Logs.toConsole()).getSubcommands();

  @Test
  void overviewListsEveryCommandAndNoOther() {
    Set<String> expected = new TreeSet<>(commands.keySet());
    expected.addAll(OF_THE_SCRIPT);

    assertThat(found(COMMAND, "cofferdam")).isEqualTo(expected);
  }

  @Test
  void theLauncherLeadsToEveryCommand() throws IOException {
    Set<String> all = new TreeSet<>(commands.keySet());
    all.addAll(OF_THE_SCRIPT);

    assertThat(
            CASE.matcher(Files.readString(Path.of("../cofferdam")))
                .results()
                .flatMap(match -> Pattern.compile(" \\| ").splitAsStream(match.group(1))))
        .containsAll(all);
  }

  @Test
  void whoeverIsNotUnderstoodIsSentToAPageThatIsThere() {
    assertThat(commands)
        .allSatisfy(
            (name, command) -> {
              assertThat(Main.page(command)).isEqualTo(name);
              assertThat(command.getSubcommands().values())
                  .allSatisfy(below -> assertThat(Main.page(below)).isEqualTo(name));
            });
  }

  @Test
  void everyCommandHasAHelpTextThatSaysHowItIsUsed() {
    Set<String> all = new TreeSet<>(commands.keySet());
    all.addAll(OF_THE_SCRIPT);

    assertThat(all)
        .allSatisfy(
            name ->
                assertThat(Help.of(name).orElse(""))
                    .startsWith("./cofferdam " + name + ": ")
                    .contains("Usage: ./cofferdam " + name));
  }

  @Test
  void everyOptionIsExplainedWhereItIsTaken() {
    Set<String> own =
        new TreeSet<>(
            List.of("--config", "--data", "--port", "--management-port", "--database-url"));

    assertThat(found(OPTION, "up")).isEqualTo(own);
    commands.forEach(
        (name, command) ->
            assertThat(options(command))
                .as(name)
                .allSatisfy(
                    option ->
                        assertThat(
                                found(OPTION, name).contains(option)
                                    || Help.of(name).orElse("").contains("options of `up`")
                                        && own.contains(option))
                            .as(option)
                            .isTrue()));
  }

  @Test
  void everyOptionOfATerminalIsExplainedWhereItIsTaken() {
    Map<String, CommandLine> ofTerminals =
        dev.cofferdam.node.terminal.Main.commands().getSubcommands();
    assertThat(ofTerminals.keySet()).containsExactlyInAnyOrder("login", "logout", "token");
    ofTerminals.forEach(
        (name, command) -> {
          Set<String> all = new TreeSet<>(options(command));
          command.getSubcommands().values().forEach(below -> all.addAll(options(below)));
          assertThat(found(OPTION, name)).as(name).isEqualTo(all);
        });
    assertThat(found(COMMAND, "token"))
        .isEqualTo(Objects.requireNonNull(ofTerminals.get("token")).getSubcommands().keySet());
  }

  private static Set<String> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .map(option -> option.longestName())
        .collect(Collectors.toSet());
  }

  private static Set<String> found(Pattern pattern, String command) {
    return pattern
        .matcher(Help.of(command).orElse(""))
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a page tells an operator to do at three in the morning must be there to be done. */
  @Test
  void theCommandsThatTheRunbookOfKeysNamesExist() throws IOException {
    CommandLine keys = Objects.requireNonNull(commands.get("keys"));
    Path page = Path.of("..", "docs", "operations", "keys.md");
    List<MatchResult> named =
        Pattern.compile("\\./cofferdam ([a-z]+) ([a-z]+)((?: [A-Za-z-]+)*)")
            .matcher(Files.readString(page))
            .results()
            .toList();

    assertThat(named).hasSizeGreaterThan(8);
    assertThat(named)
        .allSatisfy(
            command ->
                assertThat(Objects.requireNonNull(commands.get(command.group(1))).getSubcommands())
                    .containsKey(command.group(2)));
    assertThat(named)
        .extracting(command -> command.group(1) + " " + command.group(2))
        .contains("keys list", "keys preview", "keys rotate", "keys retire", "keys destroy");
    Set<String> options = new TreeSet<>();
    keys.getSubcommands().values().forEach(one -> options.addAll(options(one)));
    assertThat(found(OPTION, "keys")).isEqualTo(options);
    Objects.requireNonNull(commands.get("rootkey"))
        .getSubcommands()
        .values()
        .forEach(one -> options.addAll(options(one)));
    assertThat(
            Pattern.compile("--[a-z][a-z-]*")
                .matcher(Files.readString(page))
                .results()
                .map(MatchResult::group))
        .allMatch(options::contains);
  }
}
