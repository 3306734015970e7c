package dev.cofferdam.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.testing.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmbeddedPostgresTest {
  @TempDir Path temporary;
  private final List<String> progress = new ArrayList<>();

  private PostgresSettings settings() {
    return PostgresSettings.in(temporary.resolve("data-directory"))
        .withBinaries(SharedPostgres.binaries());
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(settings(), progress::add);
  }

  @Test
  void keepsDataPasswordAndPortFromOneStartToTheNext() {
    int port;
    String password;
    try (EmbeddedPostgres postgres = start()) {
      port = postgres.port();
      password = postgres.superuser().password();
      Rows.keep(Rows.client(postgres), 1, 2, 3);
    }
    try (EmbeddedPostgres postgres = start()) {
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(postgres.superuser().password()).isEqualTo(password);
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1, 2, 3);
    }
    Path data = settings().directory().resolve("postgres/data");
    assertThat(progress.stream().filter(line -> line.contains("data in")))
        .containsExactly(
            "PostgreSQL 18.6: new data in `%s`, port %d".formatted(data, port),
            "PostgreSQL 18.6: existing data in `%s`, port %d".formatted(data, port));
  }

  @Test
  void isDurableAndLogsNoValues() {
    try (EmbeddedPostgres postgres = start()) {
      JdbcClient client = Rows.client(postgres);

      assertThat(
              Map.of(
                  "fsync", show(client, "fsync"),
                  "full_page_writes", show(client, "full_page_writes"),
                  "synchronous_commit", show(client, "synchronous_commit"),
                  "data_checksums", show(client, "data_checksums"),
                  "server_encoding", show(client, "server_encoding"),
                  "log_statement", show(client, "log_statement"),
                  "log_parameter_max_length", show(client, "log_parameter_max_length"),
                  "jit", show(client, "jit"),
                  "log_timezone", show(client, "log_timezone")))
          .isEqualTo(
              Map.of(
                  "fsync", "on",
                  "full_page_writes", "on",
                  "synchronous_commit", "on",
                  "data_checksums", "on",
                  "server_encoding", "UTF8",
                  "log_statement", "none",
                  "log_parameter_max_length", "0",
                  "jit", "off",
                  "log_timezone", "UTC"));
      assertThat(
              client
                  .sql(
                      "select datlocprovider::text || datlocale from pg_database where datname = 'postgres'")
                  .query(String.class)
                  .single())
          .isEqualTo("bC.UTF-8");
    }
  }

  @Test
  void isReachedOnLoopbackWithThePasswordAlone() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      JdbcClient client = Rows.client(postgres);

      assertThat(show(client, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(client, "unix_socket_directories")).isEmpty();
      assertThat(
              client
                  .sql("select type || ' ' || address || ' ' || auth_method from pg_hba_file_rules")
                  .query(String.class)
                  .list())
          .containsExactly("host 127.0.0.1 scram-sha-256");
      assertThat(
              client
                  .sql("select rolpassword from pg_authid where rolname = 'postgres'")
                  .query(String.class)
                  .single())
          .startsWith("SCRAM-SHA-256$");
      JdbcClient wrong = Rows.client(postgres.jdbcUrl("postgres"), "postgres", "guessed");
      assertThatThrownBy(() -> show(wrong, "fsync"))
          .rootCause()
          .hasMessageContaining("password authentication failed");

      Path directory = settings().directory();
      assertThat(mode(directory)).isEqualTo("rwx------");
      assertThat(mode(directory.resolve("postgres"))).isEqualTo("rwx------");
      assertThat(mode(directory.resolve("postgres/superuser.password"))).isEqualTo("rw-------");
      assertThat(mode(directory.resolve("lock"))).isEqualTo("rw-------");
    }
  }

  @Test
  void closesOnceAndForAll() throws Exception {
    EmbeddedPostgres postgres = start();
    List<State> states = new ArrayList<>();
    postgres.onStateChange(states::add);
    ProcessHandle process = ProcessHandle.of(postgres.pid()).orElseThrow();

    postgres.close();
    postgres.close();

    assertThat(Signals.alive(process)).isFalse();
    assertThat(postgres.state()).isEqualTo(new State.Stopped());
    assertThat(states).containsExactly(new State.Stopped());
    Path directory = settings().directory();
    assertThat(directory.resolve("postgres/data/postmaster.pid")).doesNotExist();
    assertThat(Files.readString(directory.resolve("postgres/log/postgres.log")))
        .contains("received fast shutdown request")
        .endsWith("database system is shut down\n");
  }

  @Test
  void refusesTheDirectoryOfARunningOne() {
    try (EmbeddedPostgres postgres = start()) {
      assertThat(postgres.state()).isEqualTo(new State.Running());
      assertThatThrownBy(this::start)
          .isInstanceOf(PostgresRefusedException.class)
          .hasMessage(
              "Another Cofferdam (process %d) is using `%s`: stop it, or choose another --data directory."
                  .formatted(ProcessHandle.current().pid(), settings().directory()));
      assertThat(Rows.client(postgres).sql("select 1").query(Integer.class).single()).isOne();
    }
  }

  private static String show(JdbcClient client, String setting) {
    return client.sql("select current_setting(?)").param(setting).query(String.class).single();
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
