package dev.cofferdam.node.witness;

import dev.cofferdam.node.DurableFile;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Note;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The newest cosigned checkpoint of each log: a signed note in a file named by the SHA-256 of the
 * log's origin. One process has the directory at a time.
 */
final class WitnessState implements AutoCloseable {
  private final Path directory;
  private final FileChannel lock;

  private WitnessState(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Takes the directory, and makes it when it is absent.
   *
   * @throws IOException also when another witness has it
   */
  static WitnessState open(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException(
          "Another witness has `" + directory + "`: two would cosign a fork between them.");
    }
    return new WitnessState(directory, lock);
  }

  /**
   * The checkpoint of the log with this origin that was cosigned last.
   *
   * @throws IOException also when its file is damaged: then nothing is cosigned for this log
   */
  Optional<Checkpoint> newest(String origin) throws IOException {
    Path file = file(origin);
    try {
      Checkpoint checkpoint = Checkpoint.parse(Note.parse(Files.readString(file)).text());
      if (!checkpoint.origin().equals(origin)) {
        throw new IllegalArgumentException("of another log");
      }
      return Optional.of(checkpoint);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException("`" + file + "` is damaged: " + e.getMessage(), e);
    }
  }

  /** Returns when {@code note} is durable. */
  void advance(String origin, Note note) throws IOException {
    DurableFile.write(file(origin), note.toString());
  }

  private Path file(String origin) {
    try {
      byte[] name =
          MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
      return directory.resolve(HexFormat.of().formatHex(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
