package dev.cofferdam.server.keyring;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/**
 * A small file that is there whole or not at all: written beside its place, synced, and only then
 * given its name. Readable by its owner alone.
 */
final class NewFile {
  private final Path file;

  NewFile(Path file) {
    this.file = file;
  }

  /** Makes it, unless another process has just done so. {@code text} is cleared. */
  void make(byte[] text) throws IOException {
    Path draft = draft(text);
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process has just made it.
    } finally {
      Files.deleteIfExists(draft);
    }
    syncFolder();
  }

  /** Puts it in the place of the one that is there. {@code text} is cleared. */
  void replace(byte[] text) throws IOException {
    Path draft = draft(text);
    try {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    syncFolder();
  }

  private Path draft(byte[] text) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    boolean written = false;
    try (FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer remaining = ByteBuffer.wrap(text);
      while (remaining.hasRemaining()) {
        channel.write(remaining);
      }
      channel.force(true);
      written = true;
      return draft;
    } finally {
      Arrays.fill(text, (byte) 0);
      if (!written) {
        Files.deleteIfExists(draft);
      }
    }
  }

  private void syncFolder() throws IOException {
    try (FileChannel parent = FileChannel.open(file.resolveSibling(""), READ)) {
      parent.force(true);
    }
  }
}
