package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line for keys, against a running server, in the session of an operator. */
class KeysCommandTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.own();

  @TempDir Path folder;

  private Path session = Path.of("");

  /** What it printed, and how it ended. */
  private record Ran(int code, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  @BeforeEach
  void signIn() throws IOException {
    WholeBrowser ken = new WholeBrowser(SERVER);
    ken.follow(ken.get("/operator/sign-in"), "ken", "mfa");
    session = file(ken.session(), "rw-------");
  }

  private Path file(String text, String rights) throws IOException {
    Path file = Files.createTempFile(folder, "session", "");
    Files.writeString(file, text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    return file;
  }

  private Ran keys(String... words) {
    List<String> all = new ArrayList<>(List.of("keys"));
    all.addAll(List.of(words));
    all.addAll(
        List.of("--server", SERVER.uri("/").toString(), "--session-file", session.toString()));
    return run(all);
  }

  private static Ran run(List<String> words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int code = Main.run(words.toArray(String[]::new));
      return new Ran(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void keysAreListedSeenRotatedAndEndedByTheirNames() {
    assertThat(keys("list").out()).contains("session: browser sessions").contains("active");
    assertThat(keys("preview", "platform-column").out())
        .contains("platform-column: 1 rings")
        .contains("takes over at once")
        .contains("names in sessions");

    Ran turned =
        keys(
            "rotate", "platform-column", "--reason", "It is time.", "--confirm", "platform-column");
    assertThat(turned.code()).as(turned.err()).isZero();
    assertThat(turned.out()).contains("has ended: 1 rings");

    JsonNode rings = keys("list", "--json").json();
    assertThat(rings.path("rings").toString()).contains("\"verifying_only\"");
    Ran early =
        keys(
            "destroy",
            "platform-column",
            "1",
            "--reason",
            "Too soon.",
            "--confirm",
            "platform-column/1");
    assertThat(early.code()).isEqualTo(Main.REFUSED);
    assertThat(early.out()).as("it says what needs it").contains("names in sessions");
    assertThat(early.err()).contains("something needs the key");
  }

  @Test
  void whatIsNotConfirmedIsNotDone() {
    Ran not = keys("rotate", "csrf", "--reason", "It is time.", "--confirm", "session");
    assertThat(not.code()).isEqualTo(Main.REFUSED);
    assertThat(not.err()).contains("nothing was done");
    assertThat(
            SERVER
                .superuser()
                .sql("select count(*) from rotation.run where purpose = 'csrf'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void eachWayToFailHasItsExitCodeAndASentence() throws IOException {
    assertThat(keys("preview", "everything").err()).contains("no such ring");
    assertThat(keys("rotate", "session").code()).isEqualTo(Main.NOT_UNDERSTOOD);
    session = file("nobody", "rw-------");
    assertThat(keys("list").err()).contains("sign in at /operator/sign-in");
    session = file("nobody", "rw-r--r--");
    Ran open = keys("list");
    assertThat(open.code()).isEqualTo(Main.REFUSED);
    assertThat(open.err()).contains("chmod 600");
    Path own = file("nobody", "rw-------");
    Ran away =
        run(
            List.of(
                "keys",
                "list",
                "--server",
                "http://127.0.0.1:1",
                "--session-file",
                own.toString()));
    assertThat(away.code()).isEqualTo(KeysCommand.UNUSABLE);
    Ran clear =
        run(
            List.of(
                "keys", "list", "--server", "http://192.0.2.1", "--session-file", own.toString()));
    assertThat(clear.err()).contains("use https");
  }
}
