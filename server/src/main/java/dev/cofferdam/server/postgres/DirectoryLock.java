package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Held by the process that uses a data directory for as long as it lives. The kernel lets go of it
 * whatever way the process ends, which is what tells a running server from an orphaned postmaster.
 *
 * <p>INVARIANT: nothing else in this process opens the lock file: on POSIX, closing any other
 * descriptor of it would release the lock.
 */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws PostgresRefusedException if another process, or another part of this one, holds it
   */
  static DirectoryLock take(Layout layout) throws IOException {
    FileChannel channel =
        FileChannel.open(
            layout.lock(),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean taken = false;
    try {
      if (lock(channel) == null) {
        throw new PostgresRefusedException(
            "Another Cofferdam (%s) is using `%s`: stop it, or choose another --data directory."
                .formatted(holder(layout), layout.directory()));
      }
      taken = true;
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
      return new DirectoryLock(channel);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ownProcess) {
      return null;
    }
  }

  private static String holder(Layout layout) throws IOException {
    String pid = Files.readString(layout.lock()).strip();
    return pid.isEmpty() ? "just starting" : "process " + pid;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
