package dev.cofferdam.server.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One running server process of PostgreSQL and what it says. Its log comes through a pipe, so we
 * know that it is ready when it says so, without asking again and again.
 */
final class Postmaster {
  private static final int LINES_KEPT = 200;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /** How a start ended. */
  sealed interface Start {
    /**
     * It accepts connections.
     *
     * @param recovered whether it had to repair what a crash left
     */
    record Ready(boolean recovered) implements Start {}

    /** It ended before it accepted any. */
    record Refused(Trouble trouble, List<String> lines) implements Start {}
  }

  private final Process process;
  private final LogFile log;
  private final CompletableFuture<Start> start = new CompletableFuture<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private final Thread reader =
      Thread.ofPlatform().daemon().name("postgres-log").unstarted(this::readLog);
  private boolean recovered;

  private Postmaster(Process process, LogFile log) {
    this.process = process;
    this.log = log;
  }

  /** Starts the process; whether it becomes ready is known from {@link #started}. */
  static Postmaster launch(Cluster cluster, int port, LogFile log) throws IOException {
    Layout layout = cluster.layout();
    Files.createDirectories(layout.log().resolveSibling(""));
    List<String> command = new ArrayList<>(Sessions.OWN);
    command.addAll(
        cluster
            .runAs()
            .account()
            .running(
                List.of(
                    cluster.binaries().postgres().toString(),
                    "-D",
                    layout.data().toString(),
                    "-p",
                    String.valueOf(port))));
    Postmaster postmaster =
        new Postmaster(
            Command.start(command, layout.postgres(), PostmasterFile.environment(layout)), log);
    postmaster.reader.start();
    postmaster.process.onExit().thenRun(postmaster::atEnd);
    return postmaster;
  }

  long pid() {
    return process.pid();
  }

  /** Completes when the process has ended. */
  CompletableFuture<Process> ended() {
    return process.onExit();
  }

  /** Completes when it accepts connections, or has ended before. */
  CompletableFuture<Start> started() {
    return start;
  }

  private void readLog() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        log.line(line);
        heard(line);
      }
    } catch (IOException ended) {
      // The pipe is gone with the process.
    }
  }

  private void heard(String line) {
    synchronized (lines) {
      lines.addLast(line);
      if (lines.size() > LINES_KEPT) {
        lines.removeFirst();
      }
    }
    if (line.endsWith(
        "LOG:  database system was not properly shut down; automatic recovery in progress")) {
      recovered = true;
    }
    // Only the process itself is believed: a backend may log what a client makes it log.
    if (line.contains(" [" + process.pid() + "] LOG:  ")
        && line.endsWith("LOG:  database system is ready to accept connections")) {
      ready();
    }
  }

  private void ready() {
    // What was said before does not explain an end that comes later.
    synchronized (lines) {
      lines.clear();
    }
    start.complete(new Start.Ready(recovered));
  }

  private void atEnd() {
    awaitLastWords();
    synchronized (lines) {
      List<String> said = List.copyOf(lines);
      start.complete(new Start.Refused(Trouble.of(said), said));
    }
  }

  /** Its children may hold the pipe a little longer, so the end of the log is not waited for. */
  private void awaitLastWords() {
    try {
      reader.join(LAST_WORDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says why the process ended, as far as it told. */
  String end(Layout layout) {
    synchronized (lines) {
      List<String> panics = lines.stream().filter(line -> line.contains("] PANIC:  ")).toList();
      if (!panics.isEmpty()) {
        return Trouble.of(panics).explain(layout, panics);
      }
    }
    int exit = process.exitValue();
    return exit > 128
        ? "The postmaster was ended by signal %d.".formatted(exit - 128)
        : "The postmaster ended with status %d.".formatted(exit);
  }

  /**
   * Ends it: clients are disconnected and what they had not committed is rolled back. Returns when
   * the process has ended; harder means are used when it does not within {@code limit}.
   */
  void stop(Duration limit) {
    Signals.stop(process.toHandle(), limit);
    awaitLastWords();
  }
}
