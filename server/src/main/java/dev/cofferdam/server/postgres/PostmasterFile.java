package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code postmaster.pid}, which a running server keeps and a killed one leaves, tells. */
final class PostmasterFile {
  private PostmasterFile() {}

  /** The process named in it, if it exists, whoever that is by now. */
  static Optional<ProcessHandle> process(Layout layout) throws IOException {
    if (!Files.exists(layout.postmasterPid())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(layout.postmasterPid());
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[1-9][0-9]{0,9}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
  }

  /**
   * Whether {@code process} is a server on these data. A process id is used again after its process
   * has ended, and we end only our own.
   */
  static boolean serves(ProcessHandle process, Layout layout) {
    if (!Signals.alive(process)) {
      return false;
    }
    Path entry = Path.of("/proc/" + process.pid());
    if (Files.exists(entry)) {
      try {
        // The server makes its data its working directory.
        return Files.isSameFile(entry.resolve("cwd"), layout.data())
            && Files.readString(entry.resolve("comm")).strip().equals("postgres");
      } catch (IOException goneOrAnothers) {
        return false;
      }
    }
    ProcessHandle.Info info = process.info();
    return info.command().filter(command -> command.endsWith("/postgres")).isPresent()
        && List.of(info.arguments().orElse(new String[0])).contains(layout.data().toString());
  }

  /**
   * Lets a server start although the process id in a file left by a crash is now a stranger's. It
   * would take him for another server; this variable is how {@code pg_ctl} names a process that is
   * none. The file itself must stay: it also names the memory by which a server finds out that
   * processes of its predecessor still write.
   */
  static Map<String, String> environment(Layout layout) throws IOException {
    return process(layout)
        .filter(process -> !serves(process, layout))
        .map(process -> Map.of("PG_GRANDPARENT_PID", String.valueOf(process.pid())))
        .orElse(Map.of());
  }
}
