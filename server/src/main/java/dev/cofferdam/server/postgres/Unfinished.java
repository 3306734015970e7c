package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Clusters that a process began to make and was killed over. */
final class Unfinished {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Unfinished() {}

  /**
   * Removes them. The {@code initdb} of a killed process may still be writing: taking its files
   * away ends it, so removing is tried again for a while.
   */
  static void remove(Layout layout) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    for (Path leftover : leftovers(layout)) {
      while (Files.exists(leftover)) {
        try {
          PrivateFiles.deleteTree(leftover);
        } catch (DirectoryNotEmptyException | NoSuchFileException stillWritten) {
          if (System.nanoTime() > deadline) {
            throw stillWritten;
          }
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private static List<Path> leftovers(Layout layout) throws IOException {
    try (Stream<Path> entries = Files.list(layout.postgres())) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(Layout.UNFINISHED))
          .toList();
    }
  }
}
