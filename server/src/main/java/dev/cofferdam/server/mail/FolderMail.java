package dev.cofferdam.server.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts letters into a folder that only this server's user reads, and says in the log where: for a
 * platform that has no mail server yet. Letters are removed after a month.
 */
final class FolderMail implements Mail {
  static final Duration KEPT = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(FolderMail.class);

  private final Path folder;
  private final EmailAddress from;
  private final Clock clock;

  FolderMail(Path folder, EmailAddress from, Clock clock) {
    this.folder = folder;
    this.from = from;
    this.clock = clock;
  }

  @Override
  public Delivery deliver(Letter letter) {
    Instant now = clock.instant();
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      sweep(now);
      Path file = folder.resolve(now.toEpochMilli() + "-" + UUID.randomUUID() + ".eml");
      write(letter, file, now);
      LOG.info("No mail server is set: a letter was put into `{}`.", file);
      return new Delivery.HandedOver();
    } catch (IOException | MessagingException e) {
      LOG.warn("A letter could not be put into `{}`: {}", folder, e.getClass().getSimpleName());
      return new Delivery.Deferred();
    }
  }

  /** Whole or not at all: somebody may be looking for it. */
  private void write(Letter letter, Path file, Instant now) throws IOException, MessagingException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out =
        java.nio.channels.Channels.newOutputStream(
            Files.newByteChannel(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------"))))) {
      Composed.of(letter, from, Session.getInstance(new Properties()), now).writeTo(out);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void sweep(Instant now) throws IOException {
    FileTime oldest = FileTime.from(now.minus(KEPT));
    try (DirectoryStream<Path> letters = Files.newDirectoryStream(folder, "*.{eml,part}")) {
      for (Path letter : letters) {
        if (Files.getLastModifiedTime(letter).compareTo(oldest) < 0) {
          Files.deleteIfExists(letter);
        }
      }
    }
  }
}
