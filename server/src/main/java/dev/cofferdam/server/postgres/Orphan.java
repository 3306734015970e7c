package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A postmaster whose owner was killed. */
final class Orphan {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Orphan() {}

  /**
   * Stops it, if there is one. To be called with the directory locked: only then is a running
   * postmaster an orphan.
   */
  static void stop(Layout layout, Consumer<String> progress) throws IOException {
    Optional<ProcessHandle> process =
        PostmasterFile.process(layout)
            .filter(candidate -> PostmasterFile.serves(candidate, layout));
    if (process.isEmpty()) {
      return;
    }
    long pid = process.get().pid();
    progress.accept(
        "PostgreSQL: stopping process %d, left behind by a Cofferdam that was killed"
            .formatted(pid));
    if (!Signals.stop(process.get(), LIMIT)) {
      throw new PostgresRefusedException(
          "The PostgreSQL process %d, left behind on `%s` by a Cofferdam that was killed, cannot be stopped: end it, then start again."
              .formatted(pid, layout.directory()));
    }
  }
}
