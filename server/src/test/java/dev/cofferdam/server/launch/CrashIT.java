package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.InMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Either process is killed while something writes: whatever was acknowledged is there afterwards.
 */
final class CrashIT {
  @TempDir(factory = InMemory.class)
  Path folder;

  private final Writer writer = new Writer();

  @AfterEach
  void stopWriting() throws InterruptedException {
    writer.stop();
  }

  @Test
  void aKilledServerLeavesNothingBehindThatStopsTheNext() throws Exception {
    long acknowledged;
    try (Launched first = Launched.upAgain(folder).ready()) {
      acknowledged = writer.writesTo(first);
      ProcessHandle orphan = Objects.requireNonNull(first.postmaster());

      first.kill();

      assertThat(orphan.isAlive()).isTrue();
      try (Launched second = Launched.up(folder).ready()) {
        acknowledged = Math.max(acknowledged, writer.stop());

        assertThat(second.console()).contains("existing data in");
        assertThat(orphan.isAlive()).isFalse();
        assertThat(second.readiness()).isEqualTo(200);
        assertThat(written(second)).isGreaterThanOrEqualTo(acknowledged);
      }
    }
    assertThat(acknowledged).isGreaterThan(100);
  }

  @Test
  void aKilledPostmasterIsBroughtBackUnderTheRunningServer() throws Exception {
    try (Launched server = Launched.upAgain(folder).ready()) {
      writer.writesTo(server);
      ProcessHandle killed = Objects.requireNonNull(server.postmaster());
      DataSource database = server.superuser("postgres");
      Instant before = began(database).orElseThrow();

      killed.destroyForcibly();
      // It may be back before anybody could have seen it gone.
      Launched.until(() -> began(database).filter(before::isBefore).isPresent());

      assertThat(server.get("/livez").statusCode()).isEqualTo(200);
      Launched.until(() -> server.readiness() == 200);
      assertThat(server.isAlive()).isTrue();
      long acknowledged = writer.stop();
      assertThat(acknowledged).isGreaterThan(100);
      assertThat(written(server)).isGreaterThanOrEqualTo(acknowledged);
      assertThat(server.stopped()).isZero();
    }
  }

  /** When the running PostgreSQL began; empty while none accepts connections. */
  private static Optional<Instant> began(DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select pg_postmaster_start_time()")) {
      rows.next();
      return Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant());
    } catch (SQLException gone) {
      return Optional.empty();
    }
  }

  private static long written(Launched server) throws IOException, SQLException {
    try (Connection connection = server.superuser("probe").getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*), max(n) from written")) {
      rows.next();
      // Numbered from 1 without gaps, so that equality shows that none in between is missing.
      assertThat(rows.getLong(1)).isEqualTo(rows.getLong(2));
      return rows.getLong(1);
    }
  }

  /**
   * Commits one row after the other until the database is gone, and counts what was acknowledged.
   */
  private static final class Writer {
    /**
     * Hundreds a second are many to lose; thousands would take the processor from the next start.
     */
    private static final Duration PACE = Duration.ofMillis(2);

    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean stopped;
    private volatile Thread thread = Thread.ofVirtual().unstarted(() -> {});

    /** Starts, and returns when a good number is in. */
    long writesTo(Launched server) throws Exception {
      try (Connection connection = server.superuser("postgres").getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database probe");
      }
      DataSource database = server.superuser("probe");
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create table written (n bigint primary key)");
      }
      thread = Thread.ofPlatform().daemon().start(() -> write(database));
      Launched.until(() -> acknowledged.get() > 200);
      return acknowledged.get();
    }

    private void write(DataSource database) {
      try (Connection connection = database.getConnection();
          PreparedStatement insert =
              connection.prepareStatement("insert into written (n) values (?)")) {
        while (!stopped) {
          insert.setLong(1, acknowledged.get() + 1);
          insert.executeUpdate();
          acknowledged.incrementAndGet();
          LockSupport.parkNanos(PACE.toNanos());
        }
      } catch (SQLException gone) {
        // Killed under us: that is what the test is about.
      }
    }

    long stop() throws InterruptedException {
      stopped = true;
      thread.join();
      return acknowledged.get();
    }
  }
}
