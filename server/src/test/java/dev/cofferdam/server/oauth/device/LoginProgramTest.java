package dev.cofferdam.server.oauth.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.node.terminal.CreateTokenCommand;
import dev.cofferdam.node.terminal.ListTokensCommand;
import dev.cofferdam.node.terminal.LoginCommand;
import dev.cofferdam.node.terminal.LogoutCommand;
import dev.cofferdam.node.terminal.Patience;
import dev.cofferdam.node.terminal.RevokeTokenCommand;
import dev.cofferdam.node.terminal.TokenCommand;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.launch.http.HttpSettings;
import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person runs at a terminal, against a real server. Nobody waits: the test's time passes.
 */
class LoginProgramTest {
  private static final Pattern CODE = Pattern.compile("(?m)^ {4}([A-Z]{4}-[A-Z]{4})$");
  private static final int AT_ONCE = 8;

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @TempDir private Path directory;

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("l" + UUID.randomUUID().toString().substring(0, 13));
  private final MovableClock clock = new MovableClock(Instant.now());
  private final StringWriter said = new StringWriter();
  private final List<Duration> waited = new ArrayList<>();

  private Path file() {
    return directory.resolve("config").resolve("login");
  }

  private int run(Object command, String... arguments) {
    said.getBuffer().setLength(0);
    return run(command, said, arguments);
  }

  private int run(Object command, StringWriter into, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--login", file().toString()));
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(into));
    line.setErr(new PrintWriter(into));
    return line.execute(all.toArray(String[]::new));
  }

  /** Time in which somebody does something, as soon as the terminal has waited so often. */
  private Patience meanwhile(int times, Runnable person) {
    return new Patience(
        clock,
        time -> {
          waited.add(time);
          clock.advance(time);
          if (waited.size() == times) {
            person.run();
          }
        });
  }

  private void answer(String answer) {
    answer(owner, answer);
  }

  private void answer(Browser person, String answer) {
    Matcher code = CODE.matcher(said.toString());
    assertThat(code.find()).as(said.toString()).isTrue();
    Answer answered =
        person.form(
            "/device/answer", person.token(), Map.of("code", code.group(1), "answer", answer));
    assertThat(answered.status()).as(answered.http().body()).isEqualTo(303);
  }

  private int login(String... arguments) {
    waited.clear();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addFirst(SERVER.uri("").toString());
    return run(new LoginCommand(meanwhile(1, () -> answer("allow"))), all.toArray(String[]::new));
  }

  private String token() {
    assertThat(run(new TokenCommand(meanwhile(0, () -> {})))).as(said.toString()).isZero();
    return said.toString().strip();
  }

  private static Answer read(String token) {
    try {
      return new Answer(
          SERVER.send(
              SERVER.request("/v1/tenant").header("Authorization", "Bearer " + token).GET()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void dead(String token) {
    Soon.holds(() -> read(token).status() == 401);
  }

  @Test
  void aTerminalActsForWhoeverTypedItsCodeUntilTheyLogOut() throws IOException {
    assertThat(login()).as(said.toString()).isZero();
    assertThat(said.toString())
        .contains("Open " + SERVER.uri("/device") + " in a browser", "in Acme (l")
        .doesNotContain("cofferdam_dev_", "cofferdam_rft_", "eyJ");
    assertThat(waited).containsExactly(Duration.ofSeconds(5));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");

    String first = token();
    assertThat(read(first).text("tenant_id")).isEqualTo(tenant);
    assertThat(token()).as("it is good a while longer").isEqualTo(first);
    clock.advance(Duration.ofMinutes(5));
    String second = token();
    assertThat(second).isNotEqualTo(first);
    assertThat(read(second).status()).isEqualTo(200);

    assertThat(run(new LogoutCommand(meanwhile(0, () -> {})))).as(said.toString()).isZero();
    assertThat(said.toString()).contains("Logged out at " + SERVER.uri(""));
    assertThat(file()).doesNotExist();
    dead(second);
    assertThat(owner.get("/v1/client-grants").body().path("items").size()).isZero();
    assertThat(run(new LogoutCommand(meanwhile(0, () -> {})))).isZero();
    assertThat(said.toString()).contains("Nobody was logged in here.");
    assertThat(run(new TokenCommand(meanwhile(0, () -> {})))).isEqualTo(4);
    assertThat(said.toString()).contains("run `cofferdam login` first");
  }

  @Test
  void itAsksAsOftenAsItIsToldAndSlowerWhenItIsToldThat() {
    waited.clear();
    // The terminal's time passes faster than the server's, for which all of it is one moment.
    Patience patience = meanwhile(4, () -> answer("allow"));
    assertThat(run(new LoginCommand(patience), SERVER.uri("").toString()))
        .as(said.toString())
        .isZero();
    assertThat(waited)
        .containsExactly(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15));
  }

  @Test
  void whatIsNotAllowedLeavesNothing() {
    assertThat(run(new LoginCommand(meanwhile(1, () -> answer("deny"))), SERVER.uri("").toString()))
        .isEqualTo(1);
    assertThat(said.toString()).contains("It was not allowed in the browser.");
    assertThat(file()).doesNotExist();
  }

  @Test
  void whatNobodyTypesInTimeLeavesNothing() {
    Patience patience =
        new Patience(clock, time -> clock.advance(Duration.ofMinutes(10).plus(time)));
    assertThat(run(new LoginCommand(patience), SERVER.uri("").toString())).isEqualTo(1);
    assertThat(said.toString()).contains("Nobody typed the code in time");
    assertThat(file()).doesNotExist();
  }

  @Test
  void whoLogsInAgainHasOneLoginAndMayAskForLess() {
    login();
    String before = token();
    assertThat(login("--scope", "groups:read,members:read")).as(said.toString()).isZero();
    assertThat(said.toString()).contains("in the workspace that was chosen there");
    dead(before);
    assertThat(read(token()).text("code")).isEqualTo("insufficient_scope");
    assertThat(owner.get("/v1/client-grants").body().path("items").size()).isEqualTo(1);
  }

  @Test
  void commandsThatRunAtTheSameTimeRenewTheLoginOnce() throws Exception {
    login();
    String before = token();
    clock.advance(Duration.ofMinutes(5));
    Set<String> tokens = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> running = new ArrayList<>();
      for (int n = 0; n < AT_ONCE; n++) {
        running.add(
            threads.submit(
                () -> {
                  StringWriter own = new StringWriter();
                  run(new TokenCommand(meanwhile(0, () -> {})), own);
                  return own.toString().strip();
                }));
      }
      for (Future<String> each : running) {
        tokens.add(each.get());
      }
    }
    assertThat(tokens).hasSize(1).doesNotContain(before);
    assertThat(read(tokens.iterator().next()).status())
        .as("nobody took it for a thief")
        .isEqualTo(200);
  }

  @Test
  void theTokensThatSomebodyHasMadeAreListedPageByPageAndRevoked() {
    login();
    List<String> ids = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      ids.add(
          owner
              .post(
                  "/v1/tokens",
                  Map.of(
                      "label", "job " + n, "scopes", List.of("audit:read"), "expires_in_days", 9))
              .text("id"));
    }
    Patience patience = meanwhile(0, () -> {});
    assertThat(run(new ListTokensCommand(patience, 2))).as(said.toString()).isZero();
    assertThat(said.toString()).contains(ids).contains("LAST USED", "never", "job 2");
    assertThat(run(new ListTokensCommand(patience, 2), "--json")).isZero();
    assertThat(said.toString().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("{").contains("[\"audit:read\"]"));

    assertThat(run(new RevokeTokenCommand(patience), ids.get(1))).as(said.toString()).isZero();
    assertThat(run(new ListTokensCommand(patience, 2), "--json")).isZero();
    assertThat(said.toString()).contains(ids.get(0), ids.get(2)).doesNotContain(ids.get(1));
    assertThat(run(new RevokeTokenCommand(patience), ids.get(1))).as("it is gone").isEqualTo(1);
    assertThat(said.toString()).contains("not found");
    assertThat(run(new RevokeTokenCommand(patience), "job")).isEqualTo(2);
  }

  /** The tokens that the owner has: how many. */
  private int tokens() {
    return owner.get("/v1/tokens").body().path("items").size();
  }

  @Test
  void aTokenThatAPersonMakesIsPrintedOnceAndStandsNowhereElse() throws IOException {
    login();
    waited.clear();
    StringWriter told = new StringWriter();
    CommandLine create =
        new CommandLine(new CreateTokenCommand(meanwhile(1, () -> answer("allow"))));
    create.setOut(new PrintWriter(told));
    said.getBuffer().setLength(0);
    create.setErr(new PrintWriter(said));
    assertThat(
            create.execute(
                "nightly export",
                "--scope",
                "tenant:read,audit:read",
                "--days",
                "7",
                "--login",
                file().toString()))
        .as(said.toString())
        .isZero();
    assertThat(told.toString()).matches("cofferdam_pat_[0-9a-f]{96}\\R");
    assertThat(said.toString())
        .contains("signed in just now with more than one factor", "Made until ")
        .doesNotContain("cofferdam_pat_", "cofferdam_dev_");
    assertThat(read(told.toString().strip()).text("tenant_id")).isEqualTo(tenant);
    assertThat(Files.readString(file())).doesNotContain(told.toString().strip());
    assertThat(owner.get("/v1/tokens").body().path("items").toString())
        .contains("nightly export", "audit:read");
  }

  @Test
  void aTokenIsWrittenToANewFileThatItsOwnerAloneReads() throws IOException {
    Path output = directory.resolve("token");
    waited.clear();
    String[] asking = {
      "job",
      "--scope",
      "tenant:read",
      "--server",
      SERVER.uri("").toString(),
      "--output",
      output.toString()
    };
    assertThat(run(new CreateTokenCommand(meanwhile(1, () -> answer("allow"))), asking))
        .as(said.toString())
        .isZero();
    assertThat(said.toString()).doesNotContain("cofferdam_pat_");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(output)))
        .isEqualTo("rw-------");
    assertThat(read(Files.readString(output).strip()).text("tenant_id")).isEqualTo(tenant);

    assertThat(run(new CreateTokenCommand(meanwhile(1, () -> answer("allow"))), asking))
        .as("nothing is written over, and nobody is asked in vain")
        .isEqualTo(4);
    assertThat(said.toString()).contains("is there already");
    Files.delete(output);
    waited.clear();
    assertThat(run(new CreateTokenCommand(meanwhile(1, () -> answer("deny"))), asking))
        .isEqualTo(1);
    assertThat(said.toString()).contains("It was not allowed in the browser.");
    assertThat(output).doesNotExist();
    assertThat(tokens()).isEqualTo(1);
  }

  @Test
  void aTokenThatThereCannotBeIsNotAskedFor() {
    String server = SERVER.uri("").toString();
    Patience patience = meanwhile(0, () -> {});
    assertThat(
            run(new CreateTokenCommand(patience), "x", "--scope", "everything", "--server", server))
        .isEqualTo(1);
    assertThat(said.toString()).contains("The server refused: ");
    assertThat(
            run(
                new CreateTokenCommand(patience),
                "x",
                "--scope",
                "tenant:read",
                "--days",
                "400",
                "--server",
                server))
        .isEqualTo(1);
    assertThat(run(new CreateTokenCommand(patience), "x")).as("no scope").isEqualTo(2);
    assertThat(tokens()).isZero();
  }

  @Test
  void aLoginThatIsForLessListsNoTokens() {
    login("--scope", "tenant:read");
    assertThat(run(new ListTokensCommand(meanwhile(0, () -> {}), 2))).isEqualTo(1);
    assertThat(said.toString()).contains("insufficient scope");
  }

  @Test
  void whatWasEndedInTheBrowserIsSaid() {
    login();
    String grant = owner.get("/v1/client-grants").body().path("items").get(0).path("id").asString();
    assertThat(owner.write("DELETE", "/v1/client-grants/" + grant, null).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(5));
    assertThat(run(new TokenCommand(meanwhile(0, () -> {})))).isEqualTo(1);
    assertThat(said.toString()).contains("The login has ended").contains("`cofferdam login` again");
  }

  @Test
  void aFileThatOthersReadOrThatIsNoLoginIsNotUsed() throws IOException {
    login();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run(new TokenCommand(meanwhile(0, () -> {})))).isEqualTo(4);
    assertThat(said.toString()).contains("Others may read the login").doesNotContain("eyJ");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file(), "something else");
    assertThat(run(new TokenCommand(meanwhile(0, () -> {})))).isEqualTo(4);
    assertThat(said.toString()).contains("is not what `cofferdam login` wrote");
  }

  @Test
  void aServerThatIsNotThereIsSaidAndWhatIsNoAddressIsNotUnderstood() {
    assertThat(run(new LoginCommand(meanwhile(0, () -> {})), "http://127.0.0.1:1")).isEqualTo(3);
    assertThat(said.toString()).contains("nothing answers at http://127.0.0.1:1");
    assertThat(run(new LoginCommand(meanwhile(0, () -> {})), "http://cofferdam.example"))
        .isEqualTo(2);
    assertThat(run(new LoginCommand(meanwhile(0, () -> {})), SERVER.uri("/elsewhere").toString()))
        .isEqualTo(2);
    assertThat(
            run(
                new LoginCommand(meanwhile(0, () -> {})),
                SERVER.uri("").toString(),
                "--scope",
                "everything"))
        .isEqualTo(1);
    assertThat(said.toString()).contains("The server refused: ");
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }

  /** Under another name of this machine a server is another issuer, and has another cookie. */
  @Test
  void whatBeginsNamedByNobodyHasOneAddressWhereverItStands() throws IOException {
    HttpSettings usual =
        new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("cofferdam.http", HttpSettings.class);
    assertThat("http://" + usual.address().getHostAddress() + ":" + usual.port())
        .as("where `up` listens, and says that it does")
        .isEqualTo(LoginCommand.HERE);
    Path help = Path.of("src/main/resources/dev/cofferdam/server/launch/help");
    Pattern address = Pattern.compile("http://[a-z0-9.\\[\\]:-]+");
    for (Path said :
        List.of(Path.of("../README.md"), help.resolve("login.txt"), help.resolve("token.txt"))) {
      assertThat(address.matcher(text(said)).results().map(MatchResult::group).distinct())
          .as(said.toString())
          .containsExactly(LoginCommand.HERE);
    }
  }

  @Test
  void whoFollowsTheReadmeIsLoggedInAndMakesListsAndRevokesAToken() {
    assertThat(SERVER.uri("").getHost())
        .as("the browser is where the terminal asks when no address is named")
        .isEqualTo(URI.create(LoginCommand.HERE).getHost());
    Browser newcomer = Browser.ofSomebody(SERVER);
    newcomer.inOwnTenant("w" + UUID.randomUUID().toString().substring(0, 13));
    waited.clear();
    assertThat(
            run(
                new LoginCommand(meanwhile(1, () -> answer(newcomer, "allow"))),
                SERVER.uri("").toString()))
        .as(said.toString())
        .isZero();
    waited.clear();
    assertThat(
            run(
                new CreateTokenCommand(meanwhile(1, () -> answer(newcomer, "allow"))),
                "first",
                "--scope",
                "tenant:read"))
        .as("at the server of the login: " + said)
        .isZero();
    Matcher made = Pattern.compile("cofferdam_pat_[0-9a-f]{96}").matcher(said.toString());
    assertThat(made.find()).isTrue();
    String token = made.group();
    assertThat(read(token).status()).isEqualTo(200);
    Patience patience = meanwhile(0, () -> {});
    assertThat(run(new ListTokensCommand(patience, 2), "--json")).as(said.toString()).isZero();
    assertThat(said.toString()).contains("\"first\"").doesNotContain(token);
    String id = JsonMapper.shared().readTree(said.toString()).path("id").asString();
    assertThat(run(new RevokeTokenCommand(patience), id)).as(said.toString()).isZero();
    dead(token);
  }
}
