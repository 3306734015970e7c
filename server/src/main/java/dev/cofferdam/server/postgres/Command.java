package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts processes with an environment of ours, so that no PG* or LC_* variable of the caller
 * counts.
 */
final class Command {

  /**
   * How a process ended.
   *
   * @param output both streams, as text
   */
  record Ended(int exit, String output) {}

  private Command() {}

  /**
   * A process with both output streams in one pipe, its input closed, and its own directory.
   *
   * @param more environment variables beside the usual ones
   */
  static Process start(List<String> command, Path workingDirectory, Map<String, String> more)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(more);
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    builder.directory(workingDirectory.toFile());
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /**
   * Runs to the end.
   *
   * @throws IOException if it cannot be started, or does not end within {@code limit}; then it is
   *     killed
   */
  static Ended run(List<String> command, Path workingDirectory, Duration limit) throws IOException {
    Process process = start(command, workingDirectory, Map.of());
    try {
      StringBuilder output = new StringBuilder();
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      output.append(
                          new String(
                              process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException closed) {
                      // The process was killed: what it said no longer matters.
                    }
                  });
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "`" + command.getFirst() + "` did not end within " + limit.toSeconds() + " seconds");
      }
      reader.join();
      return new Ended(process.exitValue(), output.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for `" + command.getFirst() + "`");
    } finally {
      process.destroyForcibly();
    }
  }
}
