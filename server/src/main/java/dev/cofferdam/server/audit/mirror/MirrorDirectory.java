package dev.cofferdam.server.audit.mirror;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mirror in a directory of a POSIX file system. */
public final class MirrorDirectory implements MirrorStore {
  /** A block of most file systems: a full one has none. */
  private static final int TRIED_BYTES = 4096;

  private final Path root;
  // File locks are of the process, so its own threads need another.
  private final ReentrantLock replacing = new ReentrantLock();

  /**
   * @param root made when it is absent
   */
  public MirrorDirectory(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(at(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean put(String path, byte @Nullable [] expected, byte[] content) throws IOException {
    Path target = at(path);
    Path folder = Objects.requireNonNull(target.getParent());
    makeFolders(folder);
    Path fresh = folder.resolve("." + UUID.randomUUID() + ".new");
    try {
      write(fresh, content);
      boolean put = expected == null ? link(fresh, target) : replace(fresh, target, expected);
      if (put) {
        sync(folder);
        requireSame(target, content);
      }
      return put;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  @Override
  public void tryOut() throws IOException {
    // Where the folder is gone none is made: it is for somebody to put back.
    Path fresh = at("." + UUID.randomUUID() + ".new");
    try {
      write(fresh, new byte[TRIED_BYTES]);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** A link, and no rename, which would take the place of what is there. */
  private static boolean link(Path fresh, Path target) throws IOException {
    try {
      Files.createLink(target, fresh);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean replace(Path fresh, Path target, byte[] expected) throws IOException {
    replacing.lock();
    try (FileChannel channel =
            FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()
          || !Files.exists(target)
          || !Arrays.equals(Files.readAllBytes(target), expected)) {
        return false;
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      replacing.unlock();
    }
  }

  private static void requireSame(Path target, byte[] content) throws IOException {
    if (!Arrays.equals(Files.readAllBytes(target), content)) {
      throw new IOException("`" + target + "` is not what was written to it");
    }
  }

  private void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path above = Objects.requireNonNull(folder.getParent());
    if (folder.startsWith(root) && !folder.equals(root)) {
      makeFolders(above);
    } else {
      Files.createDirectories(above);
    }
    Files.createDirectories(folder);
    sync(above);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public List<String> list(String path) throws IOException {
    try (Stream<Path> files = Files.list(at(path))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public void removePartial(String path) throws IOException {
    if (!path.contains(".p/")) {
      throw new IllegalArgumentException("`" + path + "` is not a partial tile");
    }
    Path file = at(path);
    Files.deleteIfExists(file);
    try {
      Files.deleteIfExists(Objects.requireNonNull(file.getParent()));
    } catch (DirectoryNotEmptyException e) {
      // Others are still there.
    }
  }

  private Path at(String path) {
    Path file = root.resolve(path).normalize();
    if (!file.startsWith(root)) {
      throw new IllegalArgumentException("`" + path + "` leads out of the mirror");
    }
    return file;
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
