package dev.cofferdam.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.SharedPostgres;
import dev.cofferdam.server.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system in memory that is too small. */
class DiskFullTest {
  @TempDir(factory = InMemory.class)
  Path temporary;

  private @Nullable SmallDisk disk;

  private void mount(int megabytes) throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(temporary, megabytes);
    assumeTrue(mounted.isPresent(), "SKIPPED: a small disk cannot be mounted here");
    disk = mounted.orElseThrow();
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  private PostgresSettings settings() {
    return PostgresSettings.in(Objects.requireNonNull(disk).path().resolve("data-directory"));
  }

  @Test
  void isSaidWhenTheExecutablesDoNotFit() throws Exception {
    mount(20);

    assertThatThrownBy(() -> EmbeddedPostgres.start(settings(), line -> {}).close())
        .isInstanceOf(PostgresRefusedException.class)
        .hasMessage(noSpace());
    try (var entries = Files.list(new Layout(settings().directory()).binaries())) {
      assertThat(entries).isEmpty();
    }
  }

  @Test
  void isSaidWhenANewClusterDoesNotFit() throws Exception {
    mount(20);
    PostgresSettings shared = settings().withBinaries(SharedPostgres.binaries());

    assertThatThrownBy(() -> EmbeddedPostgres.start(shared, line -> {}).close())
        .isInstanceOf(PostgresRefusedException.class)
        .hasMessage(noSpace());
    assertThat(new Layout(shared.directory()).data()).doesNotExist();
  }

  @Test
  void isSaidOfExistingDataAndLosesNothing() throws Exception {
    mount(120);
    PostgresSettings shared = settings().withBinaries(SharedPostgres.binaries());
    List<State> states = new CopyOnWriteArrayList<>();
    SmallDisk small = Objects.requireNonNull(disk);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(shared, line -> {})) {
      postgres.onStateChange(states::add);
      Rows.keep(Rows.client(postgres), 1, 2);
      // What a killed server leaves behind may be just enough for the next: so that too is taken.
      Until.holds(
          "the full disk is the reason",
          () -> {
            small.fill();
            if (postgres.state() instanceof State.Running) {
              Kill.send("KILL", postgres.pid());
            }
            return states.stream().anyMatch(this::isForLackOfSpace);
          });

      small.free();
      Until.holds("running again", () -> postgres.state() instanceof State.Running);
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1, 2);
    }

    small.fill();
    assertThatThrownBy(() -> EmbeddedPostgres.start(shared, line -> {}).close())
        .isInstanceOf(PostgresRefusedException.class)
        .hasMessage(noSpace());
    small.free();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(shared, line -> {})) {
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1, 2);
    }
  }

  private boolean isForLackOfSpace(State state) {
    return state instanceof State.Restarting restarting && restarting.reason().equals(noSpace());
  }

  private String noSpace() {
    return "There is no space left for the data in `%s`: free some, or choose another --data directory."
        .formatted(settings().directory());
  }
}
