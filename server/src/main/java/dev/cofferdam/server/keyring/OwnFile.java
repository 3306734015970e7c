package dev.cofferdam.server.keyring;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Reads a small file, through no symbolic link. */
final class OwnFile {
  /** Far more than any form needs, and too little to fill the memory with a wrong file. */
  private static final int MOST_BYTES = 4096;

  private OwnFile() {}

  /** What stands in it, as far as it may be long; cleared by the caller where it is secret. */
  static byte[] content(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
    try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(READ, NOFOLLOW_LINKS))) {
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
    }
    byte[] content = Arrays.copyOf(buffer.array(), buffer.position());
    Arrays.fill(buffer.array(), (byte) 0);
    return content;
  }
}
