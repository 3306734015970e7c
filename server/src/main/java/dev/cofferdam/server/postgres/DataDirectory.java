package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one directory in which a server keeps everything it has on this machine. It says of itself
 * that it is ours and in which format, so that a mistyped path is never filled with our files.
 */
public final class DataDirectory {
  private static final String FORMAT = "cofferdam-data: ";
  private static final int OUR_FORMAT = 1;
  private static final Set<String> NAMES_OF_A_FIRST_START =
      Set.of("lock", "format", "format.unfinished");

  private DataDirectory() {}

  /**
   * Makes the directory, with mode 0700, or checks that it is ours; may be called any number of
   * times.
   *
   * @throws PostgresRefusedException if it belongs to something else, was written by a newer
   *     Cofferdam, or cannot be written
   */
  public static void prepare(Path directory) {
    Layout layout = new Layout(directory.toAbsolutePath().normalize());
    try {
      if (Files.exists(layout.format())) {
        check(layout);
        return;
      }
      refuseForeign(layout.directory());
      make(layout);
      PrivateFiles.close(layout.directory());
      PrivateFiles.write(layout.format(), FORMAT + OUR_FORMAT + "\n");
    } catch (IOException failure) {
      throw Trouble.of(failure).refusal(layout, failure);
    }
  }

  private static void make(Layout layout) throws IOException {
    try {
      PrivateFiles.createDirectories(layout.directory());
    } catch (IOException failure) {
      Trouble trouble = Trouble.of(failure);
      if (trouble == Trouble.UNKNOWN || trouble == Trouble.NOT_PERMITTED) {
        throw new PostgresRefusedException(
            "`%s` cannot be made: choose another --data directory, in one that this user can write to."
                .formatted(layout.directory()),
            failure);
      }
      throw failure;
    }
  }

  private static void check(Layout layout) throws IOException {
    String text = Files.readString(layout.format()).strip();
    if (text.equals(FORMAT + OUR_FORMAT)) {
      if (PrivateFiles.readableByOthers(layout.directory())) {
        PrivateFiles.close(layout.directory());
      }
      return;
    }
    String found = text.startsWith(FORMAT) ? text.substring(FORMAT.length()) : "";
    if (found.matches("[1-9][0-9]{0,6}")) {
      throw new PostgresRefusedException(
          "The data in `%s` has format %s, and this Cofferdam knows format %d: start the newer Cofferdam that wrote it, or choose another --data directory."
              .formatted(layout.directory(), found, OUR_FORMAT));
    }
    throw foreign(layout.directory());
  }

  static void refuseForeign(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new PostgresRefusedException(
          "`%s` is not a directory: choose another --data directory.".formatted(directory));
    }
    if (!Files.isReadable(directory)) {
      throw new AccessDeniedException(directory.toString());
    }
    try (Stream<Path> entries = Files.list(directory)) {
      if (entries.anyMatch(
          entry -> !NAMES_OF_A_FIRST_START.contains(entry.getFileName().toString()))) {
        throw foreign(directory);
      }
    }
  }

  private static PostgresRefusedException foreign(Path directory) {
    return new PostgresRefusedException(
        "`%s` is not empty and was not made by Cofferdam: choose another --data directory, or an empty one."
            .formatted(directory));
  }
}
