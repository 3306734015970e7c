package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Held by the process that uses a data directory for as long as it lives. The kernel lets go of it
 * whatever way the process ends, which is what tells a running server from an orphaned postmaster.
 *
 * <p>INVARIANT: nothing else in this process opens the lock file: on POSIX, closing any other
 * descriptor of it would release the lock.
 */
final class DirectoryLock implements AutoCloseable {
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * @throws PostgresRefusedException if another process, or another part of this one, holds it
   */
  static DirectoryLock take(Layout layout) throws IOException {
    Path directory = layout.directory().toRealPath();
    // Asked before the file is opened: opening and closing it would let go of our own lock.
    if (!HELD_HERE.add(directory)) {
      throw refusal(layout, "this process, " + ProcessHandle.current().pid());
    }
    boolean taken = false;
    try {
      DirectoryLock lock = new DirectoryLock(directory, locked(layout));
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        HELD_HERE.remove(directory);
      }
    }
  }

  private static FileChannel locked(Layout layout) throws IOException {
    FileChannel channel =
        FileChannel.open(
            layout.lock(),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean taken = false;
    try {
      if (channel.tryLock() == null) {
        throw refusal(layout, holder(layout));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
      taken = true;
      return channel;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static PostgresRefusedException refusal(Layout layout, String holder) {
    return new PostgresRefusedException(
        "Another Cofferdam (%s) is using `%s`: stop it, or choose another --data directory."
            .formatted(holder, layout.directory()));
  }

  private static String holder(Layout layout) throws IOException {
    String pid = Files.readString(layout.lock()).strip();
    return pid.isEmpty() ? "just starting" : "process " + pid;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(directory);
  }
}
