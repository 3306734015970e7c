package dev.cofferdam.node.terminal;

import dev.cofferdam.node.DurableFile;
import dev.cofferdam.node.client.UnusableHomeException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file for what is shown once, there before anybody is asked for it: who has said yes in vain
 * because of a folder that is not there has made something that nobody has. Closed without having
 * been written, it is gone.
 */
final class NewFile implements AutoCloseable {
  private final Path file;
  private boolean written;

  private NewFile(Path file) {
    this.file = file;
  }

  /**
   * Makes it, for its owner alone.
   *
   * @throws UnusableHomeException when there is one of this name, or none can be made
   */
  static NewFile at(Path asked) throws IOException {
    Path file = asked.toAbsolutePath();
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new NewFile(file);
    } catch (FileAlreadyExistsException e) {
      throw new UnusableHomeException(
          "`%s` is there already, and nothing is written over.".formatted(file), e);
    } catch (IOException e) {
      throw new UnusableHomeException("`%s` cannot be written: %s.".formatted(file, e), e);
    }
  }

  void write(String content) throws IOException {
    DurableFile.write(file, content);
    written = true;
  }

  @Override
  public void close() throws IOException {
    if (!written) {
      Files.deleteIfExists(file);
    }
  }
}
