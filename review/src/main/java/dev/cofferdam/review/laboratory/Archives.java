package dev.cofferdam.review.laboratory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the laboratory runs.
 *
 * @param server the server's thin archive, with {@code lib} beside it
 * @param agent the laboratory agent's archive
 * @param node the node's thin archive, with {@code lib} beside it
 * @param review the archive of the attacks
 */
public record Archives(Path server, Path agent, Path node, Path review) {
  private static final String AGENT = "-agent.jar";
  private static final String STANDALONE = "-standalone.jar";

  /**
   * The archives as the build leaves them.
   *
   * @param root the folder that holds the modules
   */
  public static Archives builtIn(Path root) {
    return new Archives(
        only(root.resolve("server/target"), "cofferdam-server-", ".jar"),
        only(root.resolve("review/target"), "cofferdam-review-", AGENT),
        only(root.resolve("node/target"), "cofferdam-node-", ".jar"),
        only(root.resolve("review/target"), "cofferdam-review-", ".jar"));
  }

  /** The node as one file, with its libraries in it: what is copied to machines. */
  public Path program() {
    return only(
        Objects.requireNonNull(node.toAbsolutePath().getParent()), "cofferdam-node-", STANDALONE);
  }

  /**
   * Where PostgreSQL's executables are unpacked to, beside the server: once for all laboratories,
   * as that is a quarter of what a start on new data computes.
   */
  Path postgres() {
    return server.toAbsolutePath().resolveSibling("postgres-binaries");
  }

  private static Path only(Path folder, String prefix, String suffix) {
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found =
          files
              .filter(file -> matches(file.getFileName().toString(), prefix, suffix))
              .sorted()
              .toList();
    } catch (IOException gone) {
      throw new LaboratoryException(
          "`" + folder + "` cannot be read: build first, with ./cofferdam review.", gone);
    }
    if (found.size() != 1) {
      throw new LaboratoryException(
          "`"
              + folder
              + "` holds "
              + found.size()
              + " archives "
              + prefix
              + "*"
              + suffix
              + " instead of one: build again, from clean.");
    }
    return found.getFirst();
  }

  private static boolean matches(String name, String prefix, String suffix) {
    return name.startsWith(prefix)
        && name.endsWith(suffix)
        && !name.endsWith("-sources.jar")
        && !name.endsWith("-tests.jar")
        && (suffix.equals(AGENT) || !name.endsWith(AGENT))
        && (suffix.equals(STANDALONE) || !name.endsWith(STANDALONE));
  }
}
