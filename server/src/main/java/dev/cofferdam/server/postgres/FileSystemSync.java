package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Makes a whole tree durable with one system call instead of one for each of a thousand files. */
final class FileSystemSync {
  private FileSystemSync() {}

  static void sync(Path directory) throws IOException {
    List<String> command =
        System.getProperty("os.name", "").startsWith("Linux")
            ? List.of("sync", "-f", directory.toString())
            : List.of("sync");
    Command.Ended ended = Command.run(command, directory, Duration.ofMinutes(2));
    if (ended.exit() != 0) {
      throw new IOException("`sync` failed: " + ended.output().strip());
    }
  }
}
