package dev.cofferdam.node.client;

import dev.cofferdam.node.DurableFile;
import dev.cofferdam.protocol.crypto.Kem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a node, which its owner alone may enter: the keys, which node they are, and, while
 * keys are exchanged, those to be.
 */
public final class NodeHome {
  private static final String HEADER = "cofferdam-node-1";
  private static final int LINES = 5;

  private final Path folder;

  private NodeHome(Path folder) {
    this.folder = folder;
  }

  /** The folder, made when it is absent. */
  static NodeHome at(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new NodeHome(folder);
  }

  /** Where a machine keeps it that says nothing else. */
  static Path usual() {
    String said = System.getenv("COFFERDAM_NODE_HOME");
    return said != null && !said.isEmpty()
        ? Path.of(said)
        : Path.of(System.getProperty("user.home"), ".cofferdam-node");
  }

  private Path keysFile() {
    return folder.resolve("keys");
  }

  private Path nextFile() {
    return folder.resolve("keys.next");
  }

  private Path nodeFile() {
    return folder.resolve("node");
  }

  private Path authoritiesFile() {
    return folder.resolve("ca.pem");
  }

  /** Where answers of the server are kept as they came. */
  Path sealed() {
    return folder.resolve("sealed");
  }

  /**
   * Whom to believe that the server is who it says; null for the authorities of the machine.
   *
   * @throws UnusableHomeException when they were named, and cannot be read
   */
  @Nullable SSLContext authorities() throws IOException {
    return Files.exists(authoritiesFile()) ? Authorities.of(authoritiesFile()) : null;
  }

  /** From now on these are believed, and no others. */
  void keepAuthorities(Path file) throws IOException {
    Authorities.of(file);
    DurableFile.write(authoritiesFile(), Files.readString(file));
  }

  /** The keys, made when there are none yet; those that there are stay what they are. */
  NodeKeys keysOrNew(Kem kem) throws IOException {
    return Files.exists(keysFile()) ? keys() : NodeKeys.make(keysFile(), kem);
  }

  /**
   * The keys.
   *
   * @throws UnusableHomeException when there are none, or they cannot be used
   */
  public NodeKeys keys() throws IOException {
    if (!Files.exists(keysFile())) {
      throw new UnusableHomeException(
          "There are no keys in `%s`: run `cofferdam-node register` first.".formatted(folder));
    }
    return NodeKeys.read(keysFile());
  }

  /** Those that are to be; empty when no exchange was begun. */
  Optional<NodeKeys> next() throws IOException {
    return Files.exists(nextFile()) ? Optional.of(NodeKeys.read(nextFile())) : Optional.empty();
  }

  NodeKeys makeNext(Kem kem) throws IOException {
    return NodeKeys.make(nextFile(), kem);
  }

  /** From now on those that were to be are the keys, and the others are gone. */
  void promoteNext() throws IOException {
    Files.move(
        nextFile(),
        keysFile(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Which node this is; empty before it is one. */
  Optional<Identity> identity() throws IOException {
    if (!Files.exists(nodeFile())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(nodeFile());
    try {
      if (lines.size() != LINES || !lines.getFirst().equals(HEADER)) {
        throw new IllegalArgumentException("not what registration wrote");
      }
      return Optional.of(
          new Identity(
              URI.create(lines.get(1)),
              UUID.fromString(lines.get(2)),
              UUID.fromString(lines.get(3)),
              lines.get(4)));
    } catch (IllegalArgumentException e) {
      throw new UnusableHomeException("`" + nodeFile() + "` is " + e.getMessage() + ".", e);
    }
  }

  /**
   * Which node this is.
   *
   * @throws UnusableHomeException when it is none yet
   */
  public Identity registered() throws IOException {
    return identity()
        .orElseThrow(
            () ->
                new UnusableHomeException(
                    "This machine is no node yet: run `cofferdam-node register` first."));
  }

  void write(Identity identity) throws IOException {
    DurableFile.write(
        nodeFile(),
        String.join(
            "\n",
            HEADER,
            identity.server().toString(),
            identity.tenant().toString(),
            identity.node().toString(),
            identity.name(),
            ""));
  }
}
