package dev.cofferdam.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.PreparedCluster;
import dev.cofferdam.server.testing.SharedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {
  @TempDir(factory = InMemory.class)
  Path temporary;

  private Path directory = Path.of("");

  @BeforeEach
  void choose() {
    directory = temporary.resolve("data-directory");
  }

  private PostgresSettings settings() {
    return PostgresSettings.in(directory).withBinaries(SharedPostgres.binaries());
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(settings(), line -> {});
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
    return assertThatThrownBy(() -> start().close()).isInstanceOf(PostgresRefusedException.class);
  }

  @Test
  void aDirectoryOfSomethingElse() throws Exception {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("thesis.tex"), "mine");

    assertRefused()
        .hasMessage(
            "`%s` is not empty and was not made by Cofferdam: choose another --data directory, or an empty one.",
            directory);
    try (var entries = Files.list(directory)) {
      assertThat(entries).containsExactly(directory.resolve("thesis.tex"));
    }
  }

  @Test
  void aFileInPlaceOfADirectory() throws Exception {
    Files.writeString(directory, "a file");

    assertRefused()
        .hasMessage("`%s` is not a directory: choose another --data directory.", directory);
  }

  @Test
  void aDirectoryThatCannotBeMade() throws Exception {
    Files.writeString(temporary.resolve("a-file"), "no directory");
    for (Path none : List.of(Path.of("/proc/cofferdam"), temporary.resolve("a-file/data"))) {
      directory = none;
      assertRefused()
          .hasMessage(
              "`%s` cannot be made: choose another --data directory, in one that this user can write to.",
              none);
    }
  }

  @Test
  void aNewerFormat() throws Exception {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("format"), "cofferdam-data: 2\n");

    assertRefused().hasMessageContaining("has format 2, and this Cofferdam knows format 1");
  }

  @Test
  void aFormatFileOfSomethingElse() throws Exception {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("format"), "pdf\n");

    assertRefused().hasMessageContaining("was not made by Cofferdam");
  }

  @Test
  void dataOfAnotherMajorVersion() throws Exception {
    PreparedCluster.copyTo(directory);
    Files.writeString(directory.resolve("postgres/data/PG_VERSION"), "17\n");

    assertRefused()
        .hasMessageContaining(
            "was written by PostgreSQL 17, and this Cofferdam brings PostgreSQL 18");
  }

  @Test
  void dataThatAreDamaged() throws Exception {
    PreparedCluster.copyTo(directory);
    Files.delete(directory.resolve("postgres/data/global/pg_control"));

    assertRefused()
        .hasMessage(
            "The data in `%s` is damaged: restore a backup, or choose another --data directory.",
            directory);
  }

  @Test
  void aPasswordThatOthersCanRead() throws Exception {
    PreparedCluster.copyTo(directory);
    Path password = directory.resolve("postgres/superuser.password");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));

    assertRefused().hasMessageContaining("run `chmod 600 %s`", password);
  }

  @Test
  void aPasswordThatIsMissing() throws Exception {
    PreparedCluster.copyTo(directory);
    Files.delete(directory.resolve("postgres/superuser.password"));

    assertRefused().hasMessageContaining("superuser.password` is missing");
  }

  @Test
  void aPasswordThatIsEmpty() throws Exception {
    PreparedCluster.copyTo(directory);
    Files.writeString(directory.resolve("postgres/superuser.password"), "\n");

    assertRefused().hasMessageContaining("superuser.password` is empty");
  }

  @Test
  void aPortThatWasAskedForAndIsTaken() throws Exception {
    PreparedCluster.copyTo(directory);
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = other.getLocalPort();

      assertThatThrownBy(
              () -> EmbeddedPostgres.start(settings().withPort(port), line -> {}).close())
          .isInstanceOf(PostgresRefusedException.class)
          .hasMessage(
              "Port %d is taken by another program: stop it, or set another cofferdam.postgres.port.",
              port);
    }
  }

  @Test
  void notAPortThatWasOnlyRemembered() throws Exception {
    PreparedCluster.copyTo(directory);
    int remembered;
    try (EmbeddedPostgres postgres = start()) {
      remembered = postgres.port();
      Rows.keep(Rows.client(postgres), 1);
    }
    try (ServerSocket other = new ServerSocket(remembered, 1, InetAddress.getByName("127.0.0.1"));
        EmbeddedPostgres postgres = start()) {
      assertThat(postgres.port()).isNotEqualTo(other.getLocalPort());
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1);
    }
  }

  @Test
  void notWhatAKilledFirstStartLeft() throws Exception {
    Path leftover = directory.resolve("postgres/unfinished-data-4711/base");
    DataDirectory.prepare(directory);
    Files.createDirectories(leftover);
    Files.writeString(leftover.resolve("1"), "half a table");

    start().close();

    assertThat(leftover.getParent()).doesNotExist();
  }
}
