package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.testing.RunningServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The same against an OpenBao or a Vault in its mode for developers, by a token in a file: where
 * one is on the path. What {@link SecretStoreDouble} answers is held against what it does.
 */
class RealStoreTest extends ValueStoreContract {
  private static final Optional<Path> PROGRAM = program();
  private static final int PORT = freePort();
  private static final String ROOT = "root-of-a-test";
  private static final KeyValueClient KEEPER = new KeyValueClient("http://127.0.0.1:" + PORT, ROOT);

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(
                  Authenticator.class, Strangers::new, bean -> bean.setPrimary(true)),
          "cofferdam.egress.allowed=127.0.0.1:" + PORT,
          "cofferdam.secret-store.address=http://127.0.0.1:" + PORT,
          "cofferdam.secret-store.token-file=" + file(ROOT));

  private static Process process;

  private boolean stopped;

  RealStoreTest() {
    super(new Yard(SERVER, SERVER.newTenant()));
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> Stream.of(Path.of(folder, "bao"), Path.of(folder, "vault")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(String text) {
    try {
      Path file = Files.createTempFile("cofferdam", ".token");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when it says that it serves. */
  @BeforeAll
  static void start() throws IOException {
    if (PROGRAM.isEmpty()) {
      System.out.println(
          "progress: NOT RUN: neither `bao` nor `vault` is on the path, so nothing here was held against a real secret store");
    }
    Assumptions.assumeTrue(PROGRAM.isPresent(), "neither `bao` nor `vault` is on the path");
    process =
        new ProcessBuilder(
                PROGRAM.get().toString(),
                "server",
                "-dev",
                "-dev-root-token-id=" + ROOT,
                "-dev-listen-address=127.0.0.1:" + PORT)
            .redirectErrorStream(true)
            .start();
    BufferedReader said = process.inputReader(UTF_8);
    for (String line = said.readLine();
        line != null && !line.contains("Root Token");
        line = said.readLine()) {
      // Until it tells how to come in, which it does once it serves.
    }
    Thread.ofVirtual().start(() -> said.lines().forEach(line -> {}));
  }

  @AfterAll
  static void stop() {
    if (process != null) {
      process.destroy();
    }
  }

  @Override
  void make(String name) {
    writer.write(
        "POST",
        "/v1/projects/" + yard.project + "/secrets",
        Map.of("name", name, "reference", Map.of("path", "app/" + name)));
  }

  @Override
  void put(String name, byte[] value) {
    KEEPER.put(yard.scope.tenant(), "app/" + name, value);
  }

  @Override
  void destroy(String name, long version) {
    KEEPER.destroy(yard.scope.tenant(), "app/" + name, version);
  }

  /** Stopped as a process is stopped: it takes connections and says nothing. */
  @Override
  void failing(boolean now) {
    if (now != stopped) {
      stopped = now;
      try {
        new ProcessBuilder("kill", now ? "-STOP" : "-CONT", Long.toString(process.pid()))
            .start()
            .waitFor();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
