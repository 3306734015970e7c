package dev.cofferdam.server.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Terminal sessions. */
final class Sessions {
  /**
   * Put before a command, gives it a session of its own: Ctrl-C at the terminal then reaches us
   * alone, and the database stays until the requests under way are done. Empty where the system has
   * no such command (macOS); there both are told at once.
   */
  static final List<String> OWN =
      Files.isExecutable(Path.of("/usr/bin/setsid")) || Files.isExecutable(Path.of("/bin/setsid"))
          ? List.of("setsid")
          : List.of();

  private Sessions() {}
}
