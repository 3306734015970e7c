package dev.cofferdam.server.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file system in memory that is too small, where one may be mounted: on Linux, as root. */
public final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 512;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /**
   * Mounts one.
   *
   * @param below the folder that its mount point is made in
   * @return empty where that is not permitted
   */
  public static Optional<SmallDisk> mount(Path below, int megabytes)
      throws IOException, InterruptedException {
    Path path = Files.createDirectory(below.resolve("disk"));
    Process mount =
        new ProcessBuilder(
                "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path.toString())
            .redirectErrorStream(true)
            .start();
    return mount.waitFor() == 0 ? Optional.of(new SmallDisk(path)) : Optional.empty();
  }

  public Path path() {
    return path;
  }

  private Path filler() {
    return path.resolve("filler");
  }

  /** Takes all room that there is now. */
  public void fill() {
    byte[] block = new byte[BLOCK];
    try (OutputStream out =
        Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space left on device")) {
        throw new UncheckedIOException(full);
      }
    }
  }

  /** Gives back what {@link #fill} took. */
  public void free() throws IOException {
    Files.delete(filler());
  }

  @Override
  public void close() throws IOException {
    Process unmount = new ProcessBuilder("umount", path.toString()).start();
    try {
      if (unmount.waitFor() != 0) {
        throw new IOException("`" + path + "` could not be unmounted");
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted while unmounting", interrupted);
    }
  }
}
