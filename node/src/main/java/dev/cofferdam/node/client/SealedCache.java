package dev.cofferdam.node.client;

import dev.cofferdam.node.DurableFile;
import dev.cofferdam.protocol.secret.SecretName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Answers of the server, kept as they came: sealed to this node, with their record and receipt. So
 * whoever has these files without the node's keys has nothing, and whoever changes one is found out
 * when it is opened.
 */
final class SealedCache {
  private static final String HEADER = "cofferdam-node-sealed-1";
  private static final int LINES = 7;

  private final Path folder;

  SealedCache(Path folder) {
    this.folder = folder;
  }

  /**
   * An answer.
   *
   * @param keyId of the key that it is sealed to
   * @param record and receipt, as they came; empty when none did
   */
  record Kept(
      Instant at, long version, String keyId, String record, String receipt, byte[] sealed) {}

  /** Keeps an answer in the place of the one before; it is there whole, or not at all. */
  void keep(UUID project, SecretName name, OptionalLong version, Kept kept) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    DurableFile.write(
        file(project, name, version),
        String.join(
            "\n",
            HEADER,
            Long.toString(kept.at().getEpochSecond()),
            Long.toString(kept.version()),
            kept.keyId(),
            kept.record(),
            kept.receipt(),
            Base64.getEncoder().encodeToString(kept.sealed()),
            ""));
  }

  /** The answer that was kept last; one that cannot be read is none. */
  Optional<Kept> find(UUID project, SecretName name, OptionalLong version) {
    try {
      List<String> lines = Files.readAllLines(file(project, name, version));
      if (lines.size() != LINES || !lines.getFirst().equals(HEADER)) {
        return Optional.empty();
      }
      return Optional.of(
          new Kept(
              Instant.ofEpochSecond(Long.parseLong(lines.get(1))),
              Long.parseLong(lines.get(2)),
              lines.get(3),
              lines.get(4),
              lines.get(5),
              Base64.getDecoder().decode(lines.get(6))));
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException none) {
      return Optional.empty();
    }
  }

  /** What the server gives no more is not kept either. */
  void forget(UUID project, SecretName name, OptionalLong version) throws IOException {
    Files.deleteIfExists(file(project, name, version));
  }

  // A name has neither a dot nor a slash.
  private Path file(UUID project, SecretName name, OptionalLong version) {
    return folder.resolve(
        project + "." + name + (version.isPresent() ? "." + version.getAsLong() : ""));
  }
}
