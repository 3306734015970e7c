package dev.cofferdam.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Temporary folders in memory, where there is room: for a test that runs a PostgreSQL of its own,
 * and whose subject is not the disk. What a killed process has written is there afterwards, as on a
 * disk; only a killed machine would lose it.
 */
public final class InMemory implements TempDirFactory {
  private static final long ENOUGH_BYTES = 4L << 30;

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return newFolder("cofferdam-junit-");
  }

  /** A new folder, in memory or where temporary folders usually are. */
  public static Path newFolder(String prefix) throws IOException {
    Path shared = Path.of("/dev/shm");
    return Files.isWritable(shared) && Files.getFileStore(shared).getUsableSpace() >= ENOUGH_BYTES
        ? Files.createTempDirectory(shared, prefix)
        : Files.createTempDirectory(prefix);
  }
}
