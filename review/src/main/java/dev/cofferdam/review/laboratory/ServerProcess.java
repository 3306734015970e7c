package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.wire.ControlChannel;
import dev.cofferdam.review.wire.Session;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The production server in a process of its own, with or without the agent. */
final class ServerProcess implements AutoCloseable {
  private static final Duration TO_START = Duration.ofSeconds(90);
  private static final Duration TO_STOP = Duration.ofSeconds(30);

  /** The settings in which it differs from a server that somebody starts without any. */
  static final Map<String, String> SETTINGS =
      Map.of(
          // As few connections as isolation must survive; each is made anew for every clone.
          "COFFERDAM_DATABASE_APPCONNECTIONS", "2",
          "COFFERDAM_DATABASE_OPSCONNECTIONS", "1",
          // The public port and two may be somebody else's here.
          "COFFERDAM_DEVELOPMENTIDP_PORT", "0",
          // What is furnished must last for as long as the review.
          "COFFERDAM_IDENTITY_EMERGENCYLIFETIME", "1h",
          // Routes that take a sign-in of just now are many, and each has one.
          "COFFERDAM_IDENTITY_SESSIONSPERPERSON", "200",
          // Whoever attacks by being slow has to be slow for no longer.
          "COFFERDAM_EDGE_HEADTIMEOUT", "1500ms",
          "COFFERDAM_EDGE_BODYTIMEOUT", "1500ms",
          "COFFERDAM_CLIENTS_OFNOBODY", "any");

  private final Archives archives;
  private final Process process;
  private final Path output;
  private final Path folder;
  private final Site site;
  private final int managementPort;

  private ServerProcess(
      Archives archives, Process process, Path output, Path folder, Site site, int managementPort) {
    this.archives = archives;
    this.process = process;
    this.output = output;
    this.folder = folder;
    this.site = site;
    this.managementPort = managementPort;
  }

  /** Where it is reached over HTTP. */
  Site site() {
    return site;
  }

  /**
   * Starts {@code up} on {@code folder}'s own data and free ports, and waits until it is ready.
   *
   * @param reached host and port that tenants may name
   * @throws LaboratoryException when it does not become ready, with what it printed
   */
  static ServerProcess up(Archives archives, Path folder, String reached) {
    return up(archives, folder, List.of(), Map.of("COFFERDAM_EGRESS_ALLOWEDTOTENANTS", reached));
  }

  /**
   * A second server with the same root key, on a database of the first one's cluster.
   *
   * @param own a folder that is empty
   * @param database host, port and name
   * @param mirror of that database, which all servers on it share
   */
  ServerProcess beside(Path own, String database, Path mirror) {
    return up(
        archives,
        own,
        List.of("--database-url", "jdbc:postgresql://" + database),
        Map.of(
            "COFFERDAM_KEYRING_ROOTKEYFILE",
            folder.resolve("data/root.key").toString(),
            "COFFERDAM_AUDIT_MIRROR_DIRECTORY",
            mirror.toAbsolutePath().toString()));
  }

  /** Without the agent, and with no settings but these and the ports. */
  static ServerProcess plain(
      Archives archives, Path folder, int port, int managementPort, Map<String, String> settings) {
    List<String> java =
        List.of("-Xmx192m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");
    return started(archives, folder, java, List.of(), settings, port, managementPort);
  }

  private static ServerProcess up(
      Archives archives, Path folder, List<String> options, Map<String, String> variables) {
    List<String> java =
        List.of(
            "-javaagent:" + archives.agent().toAbsolutePath() + "=" + folder,
            "-Djava.io.tmpdir=" + Folders.temporary(folder),
            "-XX:TieredStopAtLevel=1",
            // As it is started by `./cofferdam`.
            "-XX:+UseSerialGC",
            // Room for what it loads and makes in passing: it collects half as often, and never
            // only because there are more classes.
            "-XX:MetaspaceSize=256m",
            "-Xmn192m",
            "--sun-misc-unsafe-memory-access=allow");
    Map<String, String> all = new HashMap<>(SETTINGS);
    all.putAll(variables);
    all.put("COFFERDAM_POSTGRES_BINARIES", archives.postgres().toString());
    try {
      return started(archives, folder, java, options, all, freePort(), freePort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerProcess started(
      Archives archives,
      Path folder,
      List<String> java,
      List<String> options,
      Map<String, String> variables,
      int port,
      int managementPort) {
    try {
      Path output = folder.resolve("server.out");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(java);
      command.addAll(List.of("-jar", archives.server().toAbsolutePath().toString(), "up"));
      command.addAll(List.of("--data", folder.resolve("data").toAbsolutePath().toString()));
      command.addAll(List.of("--port", Integer.toString(port)));
      command.addAll(List.of("--management-port", Integer.toString(managementPort)));
      command.addAll(options);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(variables);
      Process process = builder.start();
      process.getOutputStream().close();
      ServerProcess server =
          new ServerProcess(
              archives, process, output, folder, new Site("127.0.0.1", port), managementPort);
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it says how it is. */
  Site management() {
    return new Site("127.0.0.1", managementPort);
  }

  ControlChannel channel() {
    try {
      return ControlChannel.of(folder.resolve("channel"));
    } catch (IOException e) {
      throw new LaboratoryException("the laboratory agent wrote no channel", e);
    }
  }

  /** What it hands over to people. */
  Letters letters() {
    return new Letters(folder.resolve("data/mail"));
  }

  /**
   * A connection to the PostgreSQL that it started, with the password that only whoever runs the
   * server can read.
   */
  Session asSuperuser() throws SQLException {
    try {
      Path postgres = folder.resolve("data/postgres");
      String port = Files.readString(postgres.resolve("port")).strip();
      String password = Files.readString(postgres.resolve("superuser.password")).strip();
      return Session.open("127.0.0.1:" + port, "cofferdam", "postgres", password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server logs from now on, whenever it is asked for. */
  Supplier<String> logFromNow() {
    try {
      long begun = Files.size(log());
      return () -> logFrom(begun);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String logFrom(long begun) {
    try (InputStream in = Files.newInputStream(log())) {
      in.skipNBytes(begun);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return folder.resolve("data/logs/cofferdam.log");
  }

  /** What the server logged, into {@code kept}. */
  void keepLog(Path kept) {
    try {
      Files.copy(log(), kept, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it printed. */
  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + TO_START.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!isReady(client)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          close();
          throw new LaboratoryException("The server did not become ready. It said: " + said());
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new LaboratoryException("interrupted while the server started", e);
    }
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/readyz"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Returns when it has ended. */
  void await() throws InterruptedException {
    process.waitFor();
  }

  /** Ends it at once, and nothing that it was about to do is done. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the server the way an operator does, and by force when it does not stop. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
