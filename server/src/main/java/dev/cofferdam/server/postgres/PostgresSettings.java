package dev.cofferdam.server.postgres;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What can be chosen about the embedded PostgreSQL. Durability is not among it.
 *
 * @param directory the data directory of the whole server, usually {@code .cofferdam}; made, with
 *     mode 0700, when it is missing
 * @param port the port on loopback, 1 to 65535; when empty a free one is chosen at the first start
 *     and kept as long as nobody else takes it
 * @param binaries where PostgreSQL's executables are unpacked to, so that several data directories
 *     can share them; when empty, inside {@code directory}
 */
public record PostgresSettings(Path directory, OptionalInt port, Optional<Path> binaries) {
  public PostgresSettings {
    directory = directory.toAbsolutePath().normalize();
    Objects.requireNonNull(port, "port");
    binaries = binaries.map(path -> path.toAbsolutePath().normalize());
    if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535)) {
      throw new IllegalArgumentException(
          "the port of the embedded PostgreSQL must be 1 to 65535, not `" + port.getAsInt() + "`");
    }
  }

  /** A data directory, and everything else left to choose. */
  public static PostgresSettings in(Path directory) {
    return new PostgresSettings(directory, OptionalInt.empty(), Optional.empty());
  }

  public PostgresSettings withPort(int chosen) {
    return new PostgresSettings(directory, OptionalInt.of(chosen), binaries);
  }

  public PostgresSettings withBinaries(Path shared) {
    return new PostgresSettings(directory, port, Optional.of(shared));
  }
}
