package dev.cofferdam.server.testing;

import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.postgres.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A data directory that has been started once and stopped, for tests whose subject is not the first
 * start: a copy costs a tenth of making one.
 */
public final class PreparedCluster {
  private PreparedCluster() {}

  /**
   * Copies it. All copies have one password and have forgotten their port.
   *
   * @param directory the data directory to be, which is not there yet
   */
  public static void copyTo(Path directory) {
    copy(Made.DIRECTORY, directory, List.of("lock", "postgres/port", "postgres/log"));
  }

  /**
   * Copies a folder with everybody's rights on each file.
   *
   * @param without paths below {@code from} that are left out
   */
  public static void copy(Path from, Path to, List<String> without) {
    try (Stream<Path> files =
        Files.walk(from)
            .filter(file -> without.stream().noneMatch(from.relativize(file)::startsWith))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Made {
    static final Path DIRECTORY = make();

    private static Path make() {
      try {
        Path folder = InMemory.newFolder("cofferdam-prepared-");
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
        Path directory = folder.resolve("data-directory");
        try (EmbeddedPostgres postgres =
            EmbeddedPostgres.start(
                PostgresSettings.in(directory).withBinaries(SharedPostgres.binaries()),
                line -> {})) {
          ShortHandshakes.ofSuperuser(SharedPostgres.superuser(postgres, "postgres"));
        }
        return directory;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
