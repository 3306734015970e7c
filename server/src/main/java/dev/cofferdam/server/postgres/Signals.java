package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Ends a postmaster, of ours or an orphan. */
final class Signals {
  private static final Duration FAST_AGAIN = Duration.ofSeconds(1);
  private static final Duration IMMEDIATE = Duration.ofSeconds(5);
  private static final Duration KILLED = Duration.ofSeconds(5);
  private static final int POLL_NANOS = 5_000_000;

  private Signals() {}

  /**
   * Asks for a fast shutdown until it happens or {@code limit} is over, then for an immediate one,
   * then kills: the next start repairs what that leaves. Uninterruptible, as it runs when the
   * process ends.
   *
   * @return whether the process has ended
   */
  static boolean stop(ProcessHandle process, Duration limit) {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      do {
        // Again and again: a process that has not set up its signals yet may miss the first.
        send("INT", process);
        if (ends(process, FAST_AGAIN)) {
          return true;
        }
      } while (System.nanoTime() < deadline);
      send("QUIT", process);
      if (ends(process, IMMEDIATE)) {
        return true;
      }
      send("KILL", process);
      return ends(process, KILLED);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void send(String signal, ProcessHandle process) {
    try {
      // Java itself can send TERM alone, which would wait for all clients to leave.
      Command.run(
          List.of("sh", "-c", "kill -" + signal + " " + process.pid()),
          Path.of("/"),
          Duration.ofSeconds(5));
    } catch (IOException failure) {
      process.destroy();
    }
  }

  private static boolean ends(ProcessHandle process, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (alive(process) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    return !alive(process);
  }

  /** Whether the process runs; one that ended and that nobody has collected yet does not. */
  static boolean alive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException notLinuxOrGone) {
      return process.isAlive();
    }
  }
}
