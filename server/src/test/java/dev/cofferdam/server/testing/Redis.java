package dev.cofferdam.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Redis or Valkey of its own on a free port, which a test can end and start again. */
public final class Redis implements AutoCloseable {
  public static final String PASSWORD = "only for this test";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Path executable;
  private final int port;
  private @Nullable Process process;

  private Redis(Path executable, int port) {
    this.executable = executable;
    this.port = port;
  }

  /** The executable on this machine, if there is one. */
  public static Optional<Path> executable() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(folder -> Stream.of("valkey-server", "redis-server").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static Redis started() {
    Redis redis = new Redis(executable().orElseThrow(), freePort());
    redis.start();
    return redis;
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void start() {
    try {
      process =
          new ProcessBuilder(
                  List.of(
                      executable.toString(),
                      "--port",
                      Integer.toString(port),
                      "--bind",
                      "127.0.0.1",
                      "--save",
                      "",
                      "--appendonly",
                      "no",
                      "--requirepass",
                      PASSWORD))
              .directory(Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!answers()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("redis-server does not answer");
      }
      Thread.onSpinWait();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** On loopback. */
  public int port() {
    return port;
  }

  /** Ends it as a power cut would. */
  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      running.onExit().join();
      process = null;
    }
  }
}
