package dev.cofferdam.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.node.client.NodeClient;
import dev.cofferdam.node.client.RefusedByServerException;
import dev.cofferdam.node.client.RegisterCommand;
import dev.cofferdam.node.client.RotateKeysCommand;
import dev.cofferdam.node.client.StatusCommand;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a machine runs, against a real server. */
class NodeProgramTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @TempDir private Path directory;

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final Browser admin = Browser.ofMember(SERVER, tenant.tenant().toString(), Role.ADMIN);
  private final StringWriter said = new StringWriter();

  private Path home() {
    return directory.resolve("home");
  }

  private int run(Object command, String... arguments) {
    said.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", home().toString(), "--patience", "0"));
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(said));
    line.setErr(new PrintWriter(said));
    return line.execute(all.toArray(String[]::new));
  }

  private int register(String token) throws IOException {
    return register(token, SERVER.uri("").toString());
  }

  private int register(String token, String server) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), token + "\n");
    return run(new RegisterCommand(), "--server", server, "--token-file", file.toString());
  }

  private String nodeId() {
    return admin.get("/v1/nodes").body().path("items").path(0).path("id").asString("");
  }

  @Test
  void aMachineRegistersIsKnownAndExchangesItsKeys() throws IOException {
    assertThat(register(Machine.token(admin, "press"))).as(said.toString()).isZero();
    assertThat(said.toString()).contains("the node press (" + nodeId() + ")");
    assertThat(run(new StatusCommand())).as(said.toString()).isZero();
    assertThat(said.toString()).contains("press").contains(tenant.tenant().toString());
    assertThat(admin.get("/v1/nodes/" + nodeId()).text("seen_at")).isNotEmpty();
    String before = admin.get("/v1/nodes/" + nodeId()).text("authentication_key");

    assertThat(run(new RotateKeysCommand())).as(said.toString()).isZero();

    assertThat(admin.get("/v1/nodes/" + nodeId()).text("authentication_key")).isNotEqualTo(before);
    assertThat(said.toString())
        .contains(admin.get("/v1/nodes/" + nodeId()).text("authentication_key"));
    assertThat(run(new StatusCommand())).as(said.toString()).isZero();
    assertThat(home().resolve("keys.next")).doesNotExist();
  }

  @Test
  void anAnswerThatWasLostIsFetchedAgain() throws IOException {
    String token = Machine.token(admin, "press");
    register(token);
    Files.delete(home().resolve("node"));

    assertThat(register(token)).as(said.toString()).isZero();

    assertThat(admin.get("/v1/nodes").body().path("items")).hasSize(1);
    assertThat(register("nothing any more")).as("it is one already").isZero();
  }

  @Test
  void whatIsWrittenInJavaAsksAsTheNodeToo() throws IOException {
    register(Machine.token(admin, "press"));

    try (NodeClient client = NodeClient.open(home(), Duration.ZERO)) {
      assertThat(client.get("/v1/node").member("id")).isEqualTo(nodeId());
      assertThat(client.identity().node()).hasToString(nodeId());
      assertThat(client.keys().receivingKey().thumbprint())
          .isEqualTo(admin.get("/v1/nodes/" + nodeId()).text("receiving_key"));
      assertThatThrownBy(() -> client.get("/v1/tenant"))
          .isInstanceOfSatisfying(
              RefusedByServerException.class,
              refused -> {
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.code()).isEqualTo("forbidden");
              });
    }
  }

  @Test
  void anExchangeThatWasCutOffIsGoneOnWithOnEitherSide() throws IOException {
    register(Machine.token(admin, "press"));
    Path keys = home().resolve("keys");
    Path next = home().resolve("keys.next");
    byte[] older = Files.readAllBytes(keys);
    run(new RotateKeysCommand());
    // The server has the new ones, and the answer was lost.
    Files.move(keys, next);
    Files.write(keys, older);
    Files.setPosixFilePermissions(
        keys, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));

    assertThat(run(new RotateKeysCommand())).as(said.toString()).isZero();

    assertThat(next).doesNotExist();
    assertThat(run(new StatusCommand())).as(said.toString()).isZero();
  }

  @Test
  void whatHelpsIsSaidByTheExitCode() throws IOException {
    assertThat(run(new StatusCommand())).isEqualTo(4);
    assertThat(said.toString()).contains("cofferdam-node register");
    assertThat(register("cofferdam_boot_" + "0".repeat(96))).isEqualTo(1);
    assertThat(said.toString()).contains("invalid token");
    assertThat(register("x", "http://192.0.2.1")).isEqualTo(2);
    assertThat(register("x", "http://127.0.0.1:1")).isEqualTo(3);
    assertThat(said.toString()).contains("nothing answers at http://127.0.0.1:1");

    register(Machine.token(admin, "press"));
    admin.write("DELETE", "/v1/nodes/" + nodeId(), null);
    assertThat(run(new StatusCommand())).isEqualTo(1);
    Files.setPosixFilePermissions(
        home().resolve("keys"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run(new StatusCommand())).isEqualTo(4);
    assertThat(said.toString()).contains("chmod 600");
  }
}
