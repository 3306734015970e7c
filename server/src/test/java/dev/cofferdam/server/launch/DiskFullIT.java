package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server on a disk that fills up under it. */
final class DiskFullIT {
  @TempDir(factory = InMemory.class)
  Path folder;

  @Test
  void writesFailReadinessSaysSoAndRoomHealsItWithoutALoss() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(folder, 300);
    assumeTrue(mounted.isPresent(), "SKIPPED: a small disk cannot be mounted here");
    try (SmallDisk disk = mounted.orElseThrow();
        Launched server = Launched.upAgain(disk.path()).ready()) {
      int acknowledged = writeUntilRefused(server, disk);
      assertThat(acknowledged).isGreaterThan(100);
      // Reading goes on. PostgreSQL ends itself when its log of writes finds no room for another
      // file, and cannot come back before there is some.
      assertThat(server.readiness()).isEqualTo(200);
      Launched.until(
          () -> {
            disk.fill();
            useUpTheLog(server);
            return server.readiness() == 503;
          });
      assertThat(server.get("/livez").statusCode()).isEqualTo(200);
      assertThat(server.isAlive()).isTrue();

      disk.free();

      Launched.until(() -> server.readiness() == 200);
      assertThat(written(server)).isGreaterThanOrEqualTo(acknowledged);
      assertThat(server.stopped()).isZero();
    }
  }

  @Test
  void aStartOnAFullDiskIsRefusedInASentence() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(folder, 20);
    assumeTrue(mounted.isPresent(), "SKIPPED: a small disk cannot be mounted here");
    try (SmallDisk disk = mounted.orElseThrow();
        Launched refused = Launched.up(disk.path())) {
      assertThat(refused.ended()).isEqualTo(1);
      assertThat(refused.console())
          .containsPattern("There is no space left for the data|The disk is full")
          .doesNotContain("Exception", "\tat ");
      assertThat(Files.exists(disk.path().resolve(".cofferdam/postgres/data"))).isFalse();
    }
  }

  private static int writeUntilRefused(Launched server, SmallDisk disk) throws Exception {
    try (Connection connection = server.superuser("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database probe");
    }
    int acknowledged = 0;
    try (Connection connection = server.superuser("probe").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table written (n bigint primary key, filler text)");
      while (true) {
        if (acknowledged == 200) {
          disk.fill();
        }
        statement.execute(
            "insert into written values (%d, repeat(gen_random_uuid()::text, 2000))"
                .formatted(acknowledged + 1));
        acknowledged++;
      }
    } catch (SQLException full) {
      return acknowledged;
    }
  }

  private static void useUpTheLog(Launched server) {
    try (Connection connection = server.superuser("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      for (int file = 0; file < 20; file++) {
        statement.execute("select pg_logical_emit_message(false, 'probe', ''), pg_switch_wal()");
      }
    } catch (SQLException | IOException gone) {
      // That is what it is for.
    }
  }

  private static long written(Launched server) throws Exception {
    try (Connection connection = server.superuser("probe").getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*), max(n) from written")) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(rows.getLong(2));
      return rows.getLong(1);
    }
  }
}
