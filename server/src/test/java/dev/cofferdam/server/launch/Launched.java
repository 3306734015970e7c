package dev.cofferdam.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.PreparedCluster;
import dev.cofferdam.server.testing.SharedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * The launcher, run as a user would: a process of its own on the packaged archive, which must be
 * there already.
 */
final class Launched implements AutoCloseable {
  private static final Path LAUNCHER = Path.of("..", "cofferdam").toAbsolutePath().normalize();

  /** Of many short lives, the second compiler would be most of each. */
  private static final String SHORT_LIFE =
      "-XX:TieredStopAtLevel=1 -Xlog:disable -Duser.language=tr -Duser.country=TR";

  /** The classes of a start, loaded and linked; empty until a first start has left them. */
  private static volatile String classes = "";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Far more than any step takes on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Process process;
  private final Path folder;
  private final Path console;

  private Launched(Process process, Path folder, Path console) {
    this.process = process;
    this.folder = folder;
    this.console = console;
  }

  /** Runs the launcher in {@code folder}. */
  static Launched run(Path folder, Map<String, String> variables, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    return start(folder, variables, command);
  }

  /**
   * As {@link #up}, on data that were made before: a copy of what a first start leaves, which
   * spares the first start.
   */
  static Launched upAgain(Path folder, String... more) throws IOException {
    PreparedCluster.copy(
        FirstStart.DATA, folder.resolve(".cofferdam"), List.of("lock", "postgres/port", "logs"));
    return up(folder, more);
  }

  /** Runs {@code up} on free ports, and the data in {@code folder}. */
  static Launched up(Path folder, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("up", "--port", "0", "--management-port", "0"));
    arguments.addAll(List.of(more));
    return run(folder, Map.of(), arguments.toArray(String[]::new));
  }

  static Launched start(Path folder, Map<String, String> variables, List<String> command)
      throws IOException {
    Path console = Files.createTempFile(folder.resolveSibling(""), "console", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(console.toFile());
    // The build that runs this test is the build: another one inside of it would wait for its lock.
    builder.environment().put("COFFERDAM_BUILD", "no");
    builder.environment().put("COFFERDAM_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("COFFERDAM_JAVA_OPTIONS", SHORT_LIFE + classes);
    // Far from the place where it was written: nothing that it does may depend on that.
    builder.environment().put("TZ", "Asia/Kathmandu");
    builder.environment().put("COFFERDAM_POSTGRES_BINARIES", SharedPostgres.binaries().toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Launched(process, folder, console);
  }

  /** Waits until the server says that it is ready. */
  Launched ready() throws IOException, InterruptedException {
    until(() -> console().contains("Stop ") || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("it ended instead of starting:\n" + console());
    }
    return this;
  }

  /** Waits until the process has ended by itself; its exit code. */
  int ended() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running:\n" + console());
    }
    return process.exitValue();
  }

  /** Asks it to stop, as Ctrl-C and service managers do; its exit code. */
  int stopped() throws InterruptedException {
    process.destroy();
    return ended();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    ended();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Everything printed so far. */
  String console() {
    try {
      return Files.readString(console, UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get("Public", path);
  }

  HttpResponse<String> getManagement(String path) throws IOException, InterruptedException {
    return get("Management", path);
  }

  private HttpResponse<String> get(String port, String path)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(said(port + " +(https?://\\S+)") + path))
            .timeout(Duration.ofSeconds(20))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Of the public port. */
  URI address() {
    return URI.create(said("Public +(https?://\\S+)"));
  }

  /** The status that the public readiness probe answers with now. */
  int readiness() {
    try {
      return get("/readyz").statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String said(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(console());
    if (!matcher.find()) {
      throw new AssertionError("it never said `" + pattern + "`:\n" + console());
    }
    return matcher.group(1);
  }

  Path data() {
    return folder.resolve(".cofferdam");
  }

  /** A database of its embedded PostgreSQL, as the superuser. */
  PGSimpleDataSource superuser(String database) throws IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://127.0.0.1:" + postgresPort() + "/" + database);
    source.setUser("postgres");
    source.setPassword(Files.readString(data().resolve("postgres/superuser.password")).strip());
    source.setConnectTimeout(5);
    source.setSocketTimeout(20);
    return source;
  }

  String postgresPort() throws IOException {
    return Files.readString(data().resolve("postgres/port")).strip();
  }

  /**
   * The postmaster of its data directory, also when the server is gone; null when there is none.
   */
  @Nullable ProcessHandle postmaster() throws IOException {
    Path file = data().resolve("postgres/data/postmaster.pid");
    if (!Files.exists(file)) {
      return null;
    }
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    return ProcessHandle.of(pid)
        // A number that is used again by something else is not ours to end.
        .filter(handle -> handle.info().command().orElse("postgres").endsWith("postgres"))
        .orElse(null);
  }

  /** Whether this process, and not another one on the same data, used them last. */
  private boolean hadTheData() throws IOException {
    return Files.readString(data().resolve("lock")).strip().equals("" + process.pid());
  }

  /** Waits for something that happens in another process. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain");
      }
      Thread.sleep(50);
    }
  }

  /** Ends whatever still runs. */
  @Override
  public void close() throws IOException {
    try {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      ProcessHandle postmaster = postmaster();
      if (postmaster != null && hadTheData()) {
        postmaster.destroy();
        until(() -> !postmaster.isAlive());
      }
      Files.deleteIfExists(console);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while ending what was started", e);
    }
  }

  /** What a first start leaves when it has been stopped; made once a JVM. */
  private static final class FirstStart {
    static final Path DATA = make();

    private static Path make() {
      try {
        Path folder = InMemory.newFolder("cofferdam-first-start-");
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
        Path archive = folder.resolve("classes.jsa");
        try (Launched first =
            Launched.run(
                    folder,
                    Map.of(
                        "COFFERDAM_JAVA_OPTIONS",
                        SHORT_LIFE + " -XX:ArchiveClassesAtExit=" + archive),
                    "up",
                    "--port",
                    "0",
                    "--management-port",
                    "0")
                .ready()) {
          first.stopped();
          if (Files.exists(archive)) {
            classes = " -XX:SharedArchiveFile=" + archive;
          }
          return first.data();
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("no first start", e);
      }
    }
  }
}
