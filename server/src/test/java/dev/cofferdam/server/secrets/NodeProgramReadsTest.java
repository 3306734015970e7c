package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.node.client.RegisterCommand;
import dev.cofferdam.node.client.RotateKeysCommand;
import dev.cofferdam.node.client.SecretCommand;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A machine that registers and reads its secrets by the program that machines run. */
class NodeProgramReadsTest {
  private static final String VALUE = "open sesame";

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @TempDir private Path directory;

  private final String tenant = SERVER.newTenant().tenant().toString();
  private final Browser owner = Browser.ofMember(SERVER, tenant, Role.OWNER);
  private final String project = owner.post("/v1/projects", Map.of("name", "Hull")).text("id");
  private String node = "";

  /** What the program came to. */
  private record Ended(int code, String out, String err) {}

  private Ended run(Object command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--home", directory + "/home", "--patience", "0"));
    all.addAll(List.of(arguments));
    StringWriter err = new StringWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      CommandLine line = new CommandLine(command).setErr(new PrintWriter(err, true));
      line.setOut(new PrintWriter(err, true));
      return new Ended(
          line.execute(all.toArray(String[]::new)), out.toString(UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }

  private Ended secret(String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.add(project + "/db-password");
    return run(new SecretCommand(), all.toArray(String[]::new));
  }

  @BeforeEach
  void registerAndPut() throws Exception {
    Answer token =
        owner.post("/v1/bootstrap-tokens", Map.of("name", "press", "expires_in_minutes", 30));
    Path file = Files.writeString(directory.resolve("token"), token.text("token") + "\n");
    Ended registered = register(file, List.of());
    assertThat(registered.code()).as(registered.err()).isZero();
    node = owner.get("/v1/nodes").body().path("items").path(0).path("id").asString("");
    grant("person", owner.get("/v1/me").text("person_id"), "writer");
    owner.post("/v1/projects/" + project + "/secrets", Map.of("name", "db-password"));
    assertThat(put("\"1\"", VALUE)).isEqualTo(200);
  }

  private Ended register(Path token, List<String> more) {
    List<String> all =
        new ArrayList<>(
            List.of("--server", SERVER.uri("").toString(), "--token-file", token.toString()));
    all.addAll(more);
    return run(new RegisterCommand(), all.toArray(String[]::new));
  }

  private void grant(String kind, String subject, String relation) {
    owner.write(
        "PUT",
        "/v1/projects/" + project + "/grants/" + kind + "/" + subject,
        Map.of("relation", relation));
  }

  private int put(String tag, String value) throws IOException, InterruptedException {
    return SERVER
        .send(
            owner
                .request("/v1/projects/" + project + "/secrets/db-password/value")
                .header("Content-Type", "application/octet-stream")
                .header("If-Match", tag)
                .header("Origin", SERVER.uri("").toString())
                .header("Cofferdam-CSRF", owner.token())
                .PUT(BodyPublishers.ofString(value)))
        .statusCode();
  }

  @Test
  void whatIsSealedToAKeyOfXWingIsReadAndKeysOfEitherKindTakeEachOthersPlace() {
    grant("node", node, "reader");
    assertThat(secret().out()).isEqualTo(VALUE);

    Ended rotated = run(new RotateKeysCommand(), "--receiving-key", "x-wing");
    assertThat(rotated.code()).as(rotated.err()).isZero();
    assertThat(algorithm()).isEqualTo("x-wing");
    String logKey = owner.get("/v1/audit/log/keys").body().findValue("public_key").asString("");
    assertThat(secret("--log-key", logKey)).isEqualTo(new Ended(0, VALUE, ""));
    assertThat(secret()).as("what was kept").isEqualTo(new Ended(0, VALUE, ""));
    assertThat(run(new RotateKeysCommand()).code()).isZero();
    assertThat(algorithm()).as("the same as before").isEqualTo("x-wing");
    assertThat(secret()).isEqualTo(new Ended(0, VALUE, ""));

    run(new RotateKeysCommand(), "--receiving-key", "x25519");
    assertThat(algorithm()).isEqualTo("x25519");
    assertThat(secret()).isEqualTo(new Ended(0, VALUE, ""));
    assertThat(run(new RotateKeysCommand(), "--receiving-key", "rsa").code()).isEqualTo(2);
  }

  private String algorithm() {
    return owner.get("/v1/nodes/" + node).text("receiving_algorithm");
  }

  @Test
  void aMachineRegistersWithAKeyOfXWing() throws Exception {
    Answer token =
        owner.post("/v1/bootstrap-tokens", Map.of("name", "lathe", "expires_in_minutes", 30));
    Path file = Files.writeString(directory.resolve("second"), token.text("token"));
    Files.move(directory.resolve("home"), directory.resolve("former"));

    Ended registered = register(file, List.of("--receiving-key", "x-wing"));

    assertThat(registered.code()).as(registered.err()).isZero();
    node = Files.readAllLines(directory.resolve("home/node")).get(3);
    assertThat(algorithm()).isEqualTo("x-wing");
    grant("node", node, "reader");
    assertThat(secret()).isEqualTo(new Ended(0, VALUE, ""));
  }

  @Test
  void whatIsGrantedIsReadWithItsReceiptUntilItIsTakenAwayOrTheNodeRevoked() throws Exception {
    assertThat(secret().code()).isEqualTo(1);
    grant("node", node, "reader");
    String logKey = owner.get("/v1/audit/log/keys").body().findValue("public_key").asString("");

    assertThat(secret("--log-key", logKey)).isEqualTo(new Ended(0, VALUE, ""));
    put("\"2\"", "open wheat");
    assertThat(secret().out()).isEqualTo("open wheat");
    assertThat(secret("--version-number", "1").out()).isEqualTo(VALUE);

    owner.write("DELETE", "/v1/projects/" + project + "/grants/node/" + node, null);
    assertThat(secret()).extracting(Ended::code, Ended::out).containsExactly(1, "");
    grant("node", node, "reader");
    assertThat(secret().code()).isZero();
    owner.write("DELETE", "/v1/nodes/" + node, null);
    assertThat(secret()).extracting(Ended::code, Ended::out).containsExactly(1, "");
  }
}
