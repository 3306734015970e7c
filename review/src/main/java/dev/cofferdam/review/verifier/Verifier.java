package dev.cofferdam.review.verifier;

import dev.cofferdam.review.agent.Seams.Seam;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code cofferdam-node} of the packaged node, in this process. With all layers in it does what the
 * shipped one does. Not thread-safe.
 */
public final class Verifier implements AutoCloseable {
  private final Path archive;
  private @Nullable WovenNode node;
  private Set<String> out = Set.of();

  /**
   * @param archive the node's thin archive, with {@code lib} beside it; read when it is first used
   */
  public Verifier(Path archive) {
    this.archive = archive;
  }

  /** The layers that can be taken out. */
  public static List<String> layers() {
    return VerifierSeams.all().stream().map(Seam::name).distinct().toList();
  }

  /** Takes out exactly these layers. */
  public synchronized void take(Set<String> layers) {
    if (!layers().containsAll(layers)) {
      throw new IllegalArgumentException(layers + " are no layers of the verifier");
    }
    out = Set.copyOf(layers);
    if (node != null) {
      node.take(out);
    }
  }

  /** Runs {@code cofferdam-node verify} with these arguments. */
  public Judgement verify(String... arguments) {
    StringWriter said = new StringWriter();
    int exit = execute("verify.VerifyCommand", said, arguments);
    return new Judgement(exit, said.toString().strip());
  }

  /**
   * Runs {@code cofferdam-node witness} until it is closed.
   *
   * @param state an empty folder
   * @param log the public key of the log that it witnesses
   */
  public Witnessing witness(Path state, String log) {
    StringWriter said = new StringWriter();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("witness")
            .start(
                () ->
                    execute(
                        "witness.WitnessCommand",
                        said,
                        "--name",
                        "witness.example",
                        "--state",
                        state.toString(),
                        "--log",
                        log,
                        "--port",
                        "0"));
    return Witnessing.started(thread, said);
  }

  /** By its own command line, which prints and gives an exit code. */
  private int execute(String command, StringWriter said, String... arguments) {
    try {
      ClassLoader loaded = loaded();
      Object instance =
          loaded.loadClass("dev.cofferdam.node." + command).getConstructor().newInstance();
      Class<?> type = loaded.loadClass("picocli.CommandLine");
      Object line = type.getConstructor(Object.class).newInstance(instance);
      PrintWriter out = new PrintWriter(said, true);
      type.getMethod("setOut", PrintWriter.class).invoke(line, out);
      type.getMethod("setErr", PrintWriter.class).invoke(line, out);
      return (int) type.getMethod("execute", String[].class).invoke(line, (Object) arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the node does not run", e);
    }
  }

  private synchronized ClassLoader loaded() {
    WovenNode known = node;
    if (known != null) {
      return known;
    }
    try (Stream<Path> libraries = Files.list(archive.resolveSibling("lib"))) {
      List<Path> archives = new ArrayList<>(List.of(archive));
      libraries.filter(file -> file.toString().endsWith(".jar")).forEach(archives::add);
      WovenNode made = WovenNode.of(archives);
      made.take(out);
      node = made;
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (node != null) {
        node.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
