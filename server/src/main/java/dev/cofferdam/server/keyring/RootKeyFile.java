package dev.cofferdam.server.keyring;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.keyring.RootKey.IfAbsent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/**
 * The file of the root key: one line, {@code cofferdam-root-key-1} and the key in base64url. The
 * version stands first, so that a later form can never be mistaken for this one.
 */
final class RootKeyFile {
  private static final SecretAccess ACCESS = SecretAccess.issue();

  /** Far more than the form needs, and too little to fill the memory with a wrong file. */
  private static final int MOST_BYTES = 4096;

  private final Path file;

  RootKeyFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  SecretBytes read(IfAbsent ifAbsent) {
    try {
      if (!Files.exists(file, NOFOLLOW_LINKS)) {
        switch (ifAbsent) {
          case CREATE -> create();
          case REFUSE ->
              throw refusal(
                  "does not exist, and without it nothing that this platform has sealed can be"
                      + " opened. Restore it from its backup");
        }
      }
      new RootKeyOwnership(file).check();
      return key(content());
    } catch (NoSuchFileException e) {
      throw refusal("cannot be made: `" + e.getFile() + "` does not exist. Create the directory");
    } catch (IOException e) {
      throw new KeyringRefusedException(
          message("cannot be read: " + e.getClass().getSimpleName() + ". Check the file"), e);
    }
  }

  private byte[] content() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
    try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(READ, NOFOLLOW_LINKS))) {
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
    }
    byte[] content = Arrays.copyOf(buffer.array(), buffer.position());
    Arrays.fill(buffer.array(), (byte) 0);
    return content;
  }

  private SecretBytes key(byte[] content) {
    try {
      return switch (RootKeyText.parse(content)) {
        case RootKeyText.Sound sound -> sound.secret();
        case RootKeyText.Unsound unsound -> throw refusal(unsound.why());
      };
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Writes the whole key beside its place, syncs it, and only then gives it its name, which fails
   * if another process was faster: that one's key is then read.
   */
  private void create() throws IOException {
    Path directory = file.resolveSibling("");
    Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try (SecretBytes secret = SecretBytes.random(RootKey.LENGTH, new SecureRandom())) {
      byte[] text = secret.lend(ACCESS, RootKeyText::format);
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
      } finally {
        Arrays.fill(text, (byte) 0);
      }
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process has just made it.
    } finally {
      Files.deleteIfExists(draft);
    }
    try (FileChannel parent = FileChannel.open(directory, READ)) {
      parent.force(true);
    }
  }

  private KeyringRefusedException refusal(String why) {
    return new KeyringRefusedException(message(why));
  }

  private String message(String why) {
    return "the root key file `"
        + file
        + "` "
        + why
        + ", or name another file in cofferdam.keyring.root-key-file.";
  }
}
