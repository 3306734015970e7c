package dev.cofferdam.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.PreparedCluster;
import dev.cofferdam.server.testing.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A postmaster that cannot be started again at once. */
class SupervisorTest {
  @TempDir(factory = InMemory.class)
  Path temporary;

  private EmbeddedPostgres start() {
    PreparedCluster.copyTo(temporary.resolve("data-directory"));
    return EmbeddedPostgres.start(
        PostgresSettings.in(temporary.resolve("data-directory"))
            .withBinaries(SharedPostgres.binaries()),
        line -> {});
  }

  private Path data() {
    return temporary.resolve("data-directory/postgres/data");
  }

  @Test
  void isTriedAgainUntilWhatIsWrongHasPassed() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      Rows.keep(Rows.client(postgres), 1);
      Path settings = data().resolve("postgresql.conf");
      String good = Files.readString(settings);
      Files.writeString(settings, "this is no setting\n");

      Kill.send("KILL", postgres.pid());
      Until.holds(
          "the log's last words are the reason",
          () ->
              postgres.state() instanceof State.Restarting restarting
                  && restarting.reason().contains("contains errors"));
      Files.writeString(settings, good);

      Until.holds("running again", () -> postgres.state() instanceof State.Running);
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1);
    }
  }

  @Test
  void isGivenUpAloudWhenItCannotPass() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      Files.delete(data().resolve("global/pg_control"));
      Kill.send("KILL", postgres.pid());

      Until.holds("given up", () -> postgres.state() instanceof State.Failed);
      assertThat(postgres.state())
          .isEqualTo(
              new State.Failed(
                  "The data in `%s` is damaged: restore a backup, or choose another --data directory."
                      .formatted(temporary.resolve("data-directory"))));
    }
  }

  @Test
  void isNotWaitedForByWhoeverCloses() throws Exception {
    EmbeddedPostgres postgres = start();
    Files.writeString(data().resolve("postgresql.conf"), "this is no setting\n");
    Kill.send("KILL", postgres.pid());
    Until.holds("tried", () -> postgres.state() instanceof State.Restarting);

    postgres.close();

    assertThat(postgres.state()).isEqualTo(new State.Stopped());
  }
}
