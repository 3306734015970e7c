package dev.cofferdam.bench;

import dev.cofferdam.node.client.NodeClient;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.web.Browser;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** The program that machines run, as a process of its own: a start, what it does, and its end. */
final class NodeProgram {
  static final String TITLE = "node program";

  private static final String READ = "starts, reads one secret, ends";
  private static final double MEBIBYTE = 1 << 20;

  private final List<Path> jars = jars();
  private final Path home;

  private NodeProgram(Path home) {
    this.home = home;
  }

  /** One that has registered as the node of this name. */
  static NodeProgram registered(Browser owner, Path directory, String name)
      throws IOException, InterruptedException {
    Path token = directory.resolve(name + ".token");
    Files.writeString(token, Machine.bootstrap(owner, name).member("token"));
    NodeProgram program = new NodeProgram(directory.resolve(name));
    program.run("register", "--server", owner.site().origin(), "--token-file", token.toString());
    return program;
  }

  /** Which node it is, as the file says that registration wrote. */
  String id() throws IOException {
    return Files.readAllLines(home.resolve("node")).get(3);
  }

  /** It and the libraries that it names, from where this program has its own. */
  private static List<Path> jars() {
    try {
      Path own =
          Path.of(NodeClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<Path> all = new ArrayList<>(List.of(own));
      try (JarFile jar = new JarFile(own.toFile())) {
        String libraries = jar.getManifest().getMainAttributes().getValue("Class-Path");
        for (String library : libraries.split(" ")) {
          all.add(own.resolveSibling(Path.of(library).getFileName()));
        }
      }
      return all;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the program of nodes is not beside this one", e);
    }
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // As `cofferdam-node` starts it.
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "dev.cofferdam.node.Main"));
    line.addAll(List.of(arguments[0], "--home", home.toString()));
    line.addAll(Arrays.asList(arguments).subList(1, arguments.length));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "the program ended with " + process.exitValue() + ": " + said);
    }
  }

  private double mebibytes() {
    long bytes = jars.stream().mapToLong(jar -> jar.toFile().length()).sum();
    return bytes / MEBIBYTE;
  }

  /** A process for each secret. */
  Contest reading(String secret) {
    return new Contest(
        TITLE,
        1,
        List.of(new Contender(READ, item -> run("secret", secret))),
        List.of(
            new Bar(
                "a process that reads one secret, from its start to its end, ms",
                measurement -> measurement.median(READ, Turn::medianMillis),
                1_000,
                500),
            new Bar(
                "what a node has to have beside a JVM, MiB", measurement -> mebibytes(), 15, 10)),
        Callers.ONE);
  }
}
