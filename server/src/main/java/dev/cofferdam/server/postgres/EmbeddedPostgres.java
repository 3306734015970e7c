package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A running PostgreSQL that this process owns.
 *
 * <p>Safe for use by several threads. Close it when the process ends, also from a shutdown hook:
 * whoever does not leaves a postmaster behind, which the next start on the same directory stops.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final long LOG_BYTES = 8L << 20;

  private final DirectoryLock lock;
  private final Cluster cluster;
  private final Supervisor supervisor;
  private final LogFile log;

  private EmbeddedPostgres(
      DirectoryLock lock, Cluster cluster, Supervisor supervisor, LogFile log) {
    this.lock = lock;
    this.cluster = cluster;
    this.supervisor = supervisor;
    this.log = log;
  }

  /**
   * Starts PostgreSQL on the data in the settings' directory, which are made at the first start,
   * and returns when it accepts connections. Repairing a crash may take minutes on large data.
   *
   * @param progress hears, a line at a time, what a person who waits would want to know
   * @throws PostgresRefusedException if it cannot be started, with what to do
   */
  public static EmbeddedPostgres start(PostgresSettings settings, Consumer<String> progress) {
    DataDirectory.prepare(settings.directory());
    Layout layout = new Layout(settings.directory());
    try {
      DirectoryLock lock = DirectoryLock.take(layout);
      boolean started = false;
      try {
        EmbeddedPostgres postgres = start(settings, layout, lock, progress);
        started = true;
        return postgres;
      } finally {
        if (!started) {
          lock.close();
        }
      }
    } catch (IOException failure) {
      throw Trouble.of(failure).refusal(layout, failure);
    }
  }

  private static EmbeddedPostgres start(
      PostgresSettings settings, Layout layout, DirectoryLock lock, Consumer<String> progress)
      throws IOException {
    PrivateFiles.createDirectories(layout.postgres());
    Binaries binaries = Binaries.unpacked(settings.binaries().orElse(layout.binaries()), progress);
    Orphan.stop(layout, progress);
    Cluster cluster = Cluster.ready(layout, binaries, Accounts.choose(layout, binaries));
    LogFile log = new LogFile(layout.log(), LOG_BYTES);

    FirstStart first;
    try {
      first = FirstStart.of(cluster, settings.port(), log, progress);
    } catch (IOException | RuntimeException failure) {
      log.close();
      throw failure;
    }
    progress.accept(
        "PostgreSQL %s: %s `%s`%s, port %d"
            .formatted(
                cluster.runAs().version(),
                cluster.fresh() ? "new data in" : "existing data in",
                layout.data(),
                first.recovered() ? ", recovered after a crash" : "",
                first.supervisor().port()));
    return new EmbeddedPostgres(lock, cluster, first.supervisor(), log);
  }

  /**
   * The port of the PostgreSQL that a running server has on these data; empty when none runs.
   *
   * @throws PostgresRefusedException if the data cannot be looked at
   */
  public static OptionalInt running(PostgresSettings settings) {
    Layout layout = new Layout(settings.directory());
    try {
      boolean serves =
          PostmasterFile.process(layout)
              .filter(process -> PostmasterFile.serves(process, layout))
              .isPresent();
      return serves && Files.exists(layout.port())
          ? OptionalInt.of(Integer.parseInt(Files.readString(layout.port()).strip()))
          : OptionalInt.empty();
    } catch (IOException failure) {
      throw Trouble.of(failure).refusal(layout, failure);
    }
  }

  /** Always loopback. */
  public String host() {
    return "127.0.0.1";
  }

  /** Stays the same until this is closed. */
  public int port() {
    return supervisor.port();
  }

  /** PostgreSQL's version, such as {@code 18.6}. */
  public String version() {
    return cluster.runAs().version();
  }

  /** Without user or password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
  }

  public Superuser superuser() {
    return cluster.superuser();
  }

  public State state() {
    return supervisor.state();
  }

  /**
   * Tells {@code listener} of every later change. It is called on a thread of ours, and must return
   * quickly.
   */
  public void onStateChange(Consumer<State> listener) {
    supervisor.onStateChange(listener);
  }

  /** The postmaster's process id. */
  long pid() {
    return supervisor.pid();
  }

  /**
   * Stops PostgreSQL: clients are disconnected, everything committed is on the disk. May be called
   * again, and from a shutdown hook.
   */
  @Override
  public void close() {
    supervisor.close();
    log.close();
    try {
      lock.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("the data directory could not be unlocked", failure);
    }
  }
}
