package dev.cofferdam.bench;

import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.web.Browser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The one file that machines run, as a process of its own: a start, what it does, and its end. */
final class NodeProgram {
  static final String TITLE = "node program";

  private static final String READ = "starts, reads one secret, ends";
  private static final double MEBIBYTE = 1 << 20;

  private final Path program;
  private final Path home;

  /** Known before the bars are looked at, when the file is gone. */
  private final double mebibytes;

  private NodeProgram(Path machine) throws IOException {
    program = Files.copy(built(), machine.resolve("cofferdam-node.jar"));
    home = machine.resolve("node");
    mebibytes = Files.size(program) / MEBIBYTE;
  }

  /** One that has registered as the node of this name, on a machine that has nothing else. */
  static NodeProgram registered(Browser owner, Path directory, String name)
      throws IOException, InterruptedException {
    Path token = directory.resolve(name + ".token");
    Files.writeString(token, Machine.bootstrap(owner, name).member("token"));
    NodeProgram program = new NodeProgram(Files.createDirectory(directory.resolve(name)));
    program.run("register", "--server", owner.site().origin(), "--token-file", token.toString());
    return program;
  }

  /** Which node it is, as the file says that registration wrote. */
  String id() throws IOException {
    return Files.readAllLines(home.resolve("node")).get(3);
  }

  /** The one file that the build left, in the folder of the sources that this archive lies in. */
  private static Path built() {
    try {
      Path own =
          Path.of(NodeProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Archives.builtIn(own.resolve("../../..").normalize()).program();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("this class came from nowhere", e);
    }
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As `cofferdam-node` starts it, and docs/operations/nodes.md says.
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                program.toString()));
    line.addAll(List.of(arguments[0], "--home", home.toString()));
    line.addAll(Arrays.asList(arguments).subList(1, arguments.length));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "the program ended with " + process.exitValue() + ": " + said);
    }
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
            new Bar("what a node has to have beside a JVM, MiB", measurement -> mebibytes, 15, 10)),
        Callers.ONE);
  }
}
