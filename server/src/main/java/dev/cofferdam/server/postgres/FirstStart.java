package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The start for which somebody waits. It tries again only what another try can mend at once;
 * everything else is refused, as nothing depends on the database yet.
 *
 * @param recovered whether a crash had to be repaired
 */
record FirstStart(Supervisor supervisor, boolean recovered) {
  private static final int PORTS_TRIED = 5;
  private static final Duration KILLED_ONES_LEAVE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /**
   * @param configured the port asked for; when empty, that of the last start or a free one
   * @throws PostgresRefusedException if PostgreSQL does not start
   */
  static FirstStart of(
      Cluster cluster, OptionalInt configured, LogFile log, Consumer<String> progress)
      throws IOException {
    long deadline = System.nanoTime() + KILLED_ONES_LEAVE.toNanos();
    int port =
        configured.isPresent() ? configured.getAsInt() : Ports.rememberedOrFree(cluster.layout());
    int taken = 0;
    while (true) {
      Supervisor supervisor = new Supervisor(cluster, port, log, Clock.systemUTC());
      switch (start(supervisor, cluster.layout(), progress)) {
        case Postmaster.Start.Ready(boolean recovered) -> {
          return new FirstStart(supervisor, recovered);
        }
        case Postmaster.Start.Refused(Trouble trouble, List<String> lines) -> {
          if (trouble == Trouble.PORT_TAKEN && configured.isPresent()) {
            throw new PostgresRefusedException(
                "Port %d is taken by another program: stop it, or set another cofferdam.postgres.port."
                    .formatted(port));
          } else if (trouble == Trouble.PORT_TAKEN && ++taken < PORTS_TRIED) {
            port = Ports.free();
          } else if (trouble == Trouble.STILL_IN_USE && System.nanoTime() < deadline) {
            pause();
          } else {
            throw new PostgresRefusedException(trouble.explain(cluster.layout(), lines));
          }
        }
      }
    }
  }

  private static Postmaster.Start start(
      Supervisor supervisor, Layout layout, Consumer<String> progress) throws IOException {
    // Our caller cannot close yet what he has not got, and the process may be told to end now.
    Thread ending = new Thread(supervisor::close, "postgres-stop");
    Runtime.getRuntime().addShutdownHook(ending);
    boolean running = false;
    try {
      Postmaster.Start start = supervisor.start(progress);
      if (start instanceof Postmaster.Start.Ready) {
        Ports.remember(layout, supervisor.port());
        running = true;
      }
      return start;
    } finally {
      if (!running) {
        supervisor.close();
      }
      try {
        Runtime.getRuntime().removeShutdownHook(ending);
      } catch (IllegalStateException alreadyEnding) {
        // Then the hook has been run.
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PostgresRefusedException("The start of PostgreSQL was interrupted.");
    }
  }
}
