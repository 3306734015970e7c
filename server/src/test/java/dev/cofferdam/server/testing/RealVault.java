package dev.cofferdam.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** An OpenBao or a Vault in its mode for developers, on loopback, where one is on the path. */
public final class RealVault implements AutoCloseable {
  public static final String ROOT = "root-of-a-test";

  private static final Optional<Path> PROGRAM = program();

  private final int port;
  private final Process process;

  private RealVault(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Starts one, and returns when it says that it serves; aborts the test loudly without one. */
  public static RealVault started() throws IOException {
    return startedAt(freePort());
  }

  /** The same on a port that was chosen before. */
  public static RealVault startedAt(int port) throws IOException {
    if (PROGRAM.isEmpty()) {
      System.out.println(
          "progress: NOT RUN: neither `bao` nor `vault` is on the path, so nothing here was held against a real one");
    }
    Assumptions.assumeTrue(PROGRAM.isPresent(), "neither `bao` nor `vault` is on the path");
    Process process =
        new ProcessBuilder(
                PROGRAM.get().toString(),
                "server",
                "-dev",
                "-dev-root-token-id=" + ROOT,
                "-dev-listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .start();
    BufferedReader said = process.inputReader(UTF_8);
    for (String line = said.readLine();
        line != null && !line.contains("Root Token");
        line = said.readLine()) {
      // Until it tells how to come in, which it does once it serves.
    }
    Thread.ofVirtual().start(() -> said.lines().forEach(line -> {}));
    return new RealVault(port, process);
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> Stream.of(Path.of(folder, "bao"), Path.of(folder, "vault")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String origin() {
    return "http://127.0.0.1:" + port;
  }

  /** Stopped as a process is stopped, it takes connections and says nothing. */
  public void stopped(boolean now) {
    try {
      new ProcessBuilder("kill", now ? "-STOP" : "-CONT", Long.toString(process.pid()))
          .start()
          .waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
