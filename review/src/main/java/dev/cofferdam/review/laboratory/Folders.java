package dev.cofferdam.review.laboratory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of a laboratory: the server's own, a mirror for each database that stands in, and one
 * for what an attack makes.
 */
record Folders(Path root) {
  private static final long ENOUGH_BYTES = 2L << 30;

  /**
   * In memory, where there is room: a clone for each state of each attack is some thousand files,
   * and their way to a disk would be most of the run.
   */
  static Folders make() {
    try {
      Path memory = Path.of("/dev/shm");
      Path usual = Path.of(System.getProperty("java.io.tmpdir"));
      return new Folders(
          Files.createTempDirectory(
              Files.isWritable(memory)
                      && Files.getFileStore(memory).getUsableSpace() >= ENOUGH_BYTES
                  ? memory
                  : usual,
              "cofferdam-laboratory-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's data directory. */
  Path data() {
    return root.resolve("data");
  }

  /** What a server in {@code folder} has for files of a moment, and nobody else writes to. */
  static Path temporary(Path folder) {
    try {
      return Files.createDirectories(folder.resolve("tmp")).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the mirror of a database lies that stands in for the server's own. */
  Path mirror(String database) {
    return data().resolve("mirrors").resolve(database);
  }

  /** An empty folder of this name for what comes of an attack. */
  Path scratch(String name) {
    try {
      return Files.createDirectories(root.resolve("scratch").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the server's own mirror for the databases that are made of its own. */
  void keepMirror(String pristine) {
    copy(data().resolve("mirror"), mirror(pristine));
  }

  /** Gives a database the mirror of the one that it is made of. */
  void cloneMirror(String pristine, String database) {
    copy(mirror(pristine), mirror(database));
  }

  void delete() {
    delete(root);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws a folder away, if it is there. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walked = Files.walk(folder)) {
      List<Path> files = walked.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
