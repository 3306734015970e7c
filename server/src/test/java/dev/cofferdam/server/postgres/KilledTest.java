package dev.cofferdam.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.PreparedCluster;
import dev.cofferdam.server.testing.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was committed outlives kill −9, whoever is killed. */
class KilledTest {
  @TempDir(factory = InMemory.class)
  Path temporary;

  private Path directory = Path.of("");
  private final List<String> progress = new CopyOnWriteArrayList<>();

  @BeforeEach
  void shareTheExecutables() throws Exception {
    directory = temporary.resolve("data-directory");
    PreparedCluster.copyTo(directory);
    Files.createDirectories(SharedPostgres.binaries());
    Files.createSymbolicLink(temporary.resolve("binaries"), SharedPostgres.binaries());
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(
        PostgresSettings.in(directory).withBinaries(SharedPostgres.binaries()), progress::add);
  }

  @Test
  void aKilledPostmasterIsStartedAgainOnItsPort() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      List<State> states = new CopyOnWriteArrayList<>();
      postgres.onStateChange(states::add);
      int port = postgres.port();
      Rows.keep(Rows.client(postgres), 1);

      for (int round = 2; round <= 4; round++) {
        int seen = states.size();
        Kill.send("KILL", postgres.pid());
        Until.holds(
            "running again",
            () -> states.size() > seen && states.getLast() instanceof State.Running);
        Rows.keep(Rows.client(postgres), round);
      }

      assertThat(postgres.port()).isEqualTo(port);
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1, 2, 3, 4);
      assertThat(states.getFirst())
          .isInstanceOfSatisfying(
              State.Restarting.class,
              restarting ->
                  assertThat(restarting.reason())
                      .isEqualTo("The postmaster was ended by signal 9."));
    }
  }

  @Test
  void aKilledBackendIsNoMoreThanARestart() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      List<State> states = new CopyOnWriteArrayList<>();
      postgres.onStateChange(states::add);
      Rows.keep(Rows.client(postgres), 1);

      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(postgres.jdbcUrl("postgres"));
      dataSource.setUser(postgres.superuser().name());
      dataSource.setPassword(postgres.superuser().password());
      try (var connection = dataSource.getConnection();
          var statement = connection.createStatement();
          var row = statement.executeQuery("select pg_backend_pid()")) {
        assertThat(row.next()).isTrue();
        Kill.send("KILL", row.getLong(1));
        Until.holds(
            "running again", () -> states.size() >= 2 && states.getLast() instanceof State.Running);
      }

      assertThat(states).first().isInstanceOf(State.Restarting.class);
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1);
    }
  }

  @Test
  void anOrphanedPostmasterIsStoppedCleanlyByTheNextStart() throws Exception {
    ProcessHandle orphan;
    try (Owner owner = Owner.start(directory)) {
      orphan = Owner.postmaster(directory);
      Rows.keep(asSuperuser(), 1, 2);
      owner.kill("KILL");
    }
    assertThat(orphan.isAlive()).isTrue();

    try (EmbeddedPostgres postgres = start()) {
      assertThat(Signals.alive(orphan)).isFalse();
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1, 2);
    }
    assertThat(progress)
        .anyMatch(line -> line.contains("stopping process " + orphan.pid()))
        .noneMatch(line -> line.contains("recovered"));
  }

  @Test
  void killingBothIsRepairedByTheNextStart() throws Exception {
    try (Owner owner = Owner.start(directory)) {
      Rows.keep(asSuperuser(), 1, 2);
      ProcessHandle postmaster = Owner.postmaster(directory);
      owner.kill("KILL");
      Kill.send("KILL", postmaster.pid());
    }

    try (EmbeddedPostgres postgres = start()) {
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1, 2);
    }
    assertThat(progress).anyMatch(line -> line.contains("recovered after a crash"));
  }

  @Test
  void aTerminatedOwnerStopsItsPostmaster() throws Exception {
    try (Owner owner = Owner.start(directory)) {
      ProcessHandle postmaster = Owner.postmaster(directory);
      owner.kill("TERM");
      assertThat(Signals.alive(postmaster)).isFalse();
    }
    assertThat(new Layout(directory).postmasterPid()).doesNotExist();
  }

  @Test
  void aSecondProcessIsRefused() {
    try (EmbeddedPostgres postgres = start();
        Owner second = Owner.start(directory)) {
      assertThat(second.said())
          .containsExactly(
              "refused: Another Cofferdam (process %d) is using `%s`: stop it, or choose another --data directory."
                  .formatted(ProcessHandle.current().pid(), directory));
      assertThat(postgres.state()).isEqualTo(new State.Running());
    }
  }

  @Test
  void aStrangerWhoHasTheOldProcessIdIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "120").start();
    try {
      Files.writeString(
          new Layout(directory).postmasterPid(),
          "%d\n%s\n1\n1\n\n127.0.0.1\n\nready\n"
              .formatted(stranger.pid(), new Layout(directory).data()));
      try (EmbeddedPostgres postgres = start()) {
        assertThat(postgres.state()).isEqualTo(new State.Running());
      }
      assertThat(stranger.isAlive()).isTrue();
      assertThat(progress).noneMatch(line -> line.contains("stopping"));
    } finally {
      stranger.destroyForcibly();
    }
  }

  private JdbcClient asSuperuser() throws Exception {
    Layout layout = new Layout(directory);
    return Rows.client(
        "jdbc:postgresql://127.0.0.1:%s/postgres"
            .formatted(Files.readString(layout.port()).strip()),
        Superuser.NAME,
        Files.readString(layout.password()).strip());
  }
}
