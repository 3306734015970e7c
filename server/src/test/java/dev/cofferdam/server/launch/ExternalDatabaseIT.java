package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.Certificates;
import dev.cofferdam.server.testing.InMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL of the operator's own, from nothing to a server that is ready. */
final class ExternalDatabaseIT {
  @TempDir(factory = InMemory.class)
  Path folder;

  private static String url(String host, int port, String parameters) {
    return "jdbc:postgresql://" + host + ":" + port + "/cofferdam" + parameters;
  }

  private static String verified(Path root) {
    return "?sslmode=verify-full&sslrootcert=" + root;
  }

  private Launched install(OwnPostgres postgres, String url) throws Exception {
    return Launched.run(
        folder,
        Map.of(),
        "database",
        "install",
        "--superuser-password-file",
        postgres.passwordFile().toString(),
        "--database-url",
        url);
  }

  private static void assertRefused(Launched launched, String... said) throws Exception {
    assertThat(launched.ended()).as(launched.console()).isEqualTo(1);
    assertThat(launched.console()).contains(said).doesNotContain("Exception", "\tat ");
  }

  @Test
  void isInstalledAndServedFromOverTlsThatVerifies() throws Exception {
    Certificates authority = new Certificates(folder.resolve("authority.p12"));
    Certificates stranger = new Certificates(folder.resolve("stranger.p12"));
    try (OwnPostgres postgres = OwnPostgres.start(folder.resolve("own"))) {
      String good = url("localhost", postgres.port(), verified(authority.root()));
      try (Launched plain = install(postgres, good)) {
        assertRefused(plain, "The server does not support SSL");
      }
      postgres.speakTls(authority.issued("localhost"));

      try (Launched installed = install(postgres, good)) {
        assertThat(installed.ended()).as(installed.console()).isZero();
        assertThat(installed.console())
            .contains("Root key: made in", "Installed at localhost:" + postgres.port());
      }
      try (Launched migrated =
          Launched.run(folder, Map.of(), "database", "migrate", "--database-url", good)) {
        assertThat(migrated.ended()).as(migrated.console()).isZero();
        assertThat(migrated.console()).contains("The schema is at this server's version");
      }
      try (Launched server = Launched.up(folder, "--database-url", good).ready()) {
        assertThat(server.readiness()).isEqualTo(200);
        assertThat(
                postgres
                    .client("cofferdam")
                    .sql(
                        """
                        select distinct usename || ' ' || ssl from pg_stat_activity join pg_stat_ssl using (pid)
                         where usename like 'cofferdam%'
                        """)
                    .query(String.class)
                    .list())
            .contains("cofferdam_app true")
            .noneMatch(session -> session.endsWith("false"));
      }
      try (Launched otherName =
          Launched.up(
              folder,
              "--database-url",
              url("127.0.0.1", postgres.port(), verified(authority.root())))) {
        assertRefused(otherName, "127.0.0.1:" + postgres.port() + "/cofferdam` cannot be reached:");
      }
      try (Launched otherAuthority =
          Launched.up(
              folder,
              "--database-url",
              url("localhost", postgres.port(), verified(stranger.root())))) {
        assertRefused(
            otherAuthority, "localhost:" + postgres.port() + "/cofferdam` cannot be reached:");
      }
    }
  }

  @Test
  void isInstalledByTheAdministratorsOwnHandAndServedFrom() throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder.resolve("own"))) {
      String url = url("127.0.0.1", postgres.port(), "");
      String script;
      try (Launched printed =
          Launched.run(folder, Map.of(), "database", "print-install", "--database-url", url)) {
        assertThat(printed.ended()).as(printed.console()).isZero();
        script = printed.console();
      }
      assertThat(folder.resolve(".cofferdam")).doesNotExist();
      Map<String, String> passwords = new HashMap<>();
      Map<String, String> variables = new HashMap<>();
      for (String role : List.of("owner", "app", "ops")) {
        passwords.put(role + "_password", "a long enough one for " + role);
        variables.put(
            "COFFERDAM_DATABASE_" + role.toUpperCase(java.util.Locale.ROOT) + "PASSWORDFILE",
            Files.writeString(folder.resolve(role), "a long enough one for " + role).toString());
      }
      new PsqlScript(script, passwords).run(postgres::superuser);

      List<String> up =
          new ArrayList<>(
              List.of("up", "--port", "0", "--management-port", "0", "--database-url", url));
      try (Launched server = Launched.run(folder, variables, up.toArray(String[]::new)).ready()) {
        assertThat(server.console()).contains("Root key: made in");
        assertThat(server.readiness()).isEqualTo(200);
        assertThat(server.stopped()).isZero();
      }
      Files.move(folder.resolve(".cofferdam/root.key"), folder.resolve("lost"));
      try (Launched server = Launched.run(folder, variables, up.toArray(String[]::new))) {
        assertRefused(server, "does not exist, and without it nothing");
      }
    }
  }

  @Test
  void refusesWhatIsNoSuperuserAndWhatIsNoPassword() throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder.resolve("own"))) {
      String url = url("127.0.0.1", postgres.port(), "");
      try (Launched unnamed = Launched.run(folder, Map.of(), "database", "install")) {
        assertThat(unnamed.ended()).isEqualTo(2);
        assertThat(unnamed.console()).contains("--superuser-password-file");
      }
      Path wrong = Files.writeString(folder.resolve("wrong"), "not the password");
      try (Launched refused =
          Launched.run(
              folder,
              Map.of(),
              "database",
              "install",
              "--superuser-password-file",
              wrong.toString(),
              "--database-url",
              url)) {
        assertRefused(refused, "password authentication failed");
      }
      assertThat(folder.resolve(".cofferdam/root.key")).doesNotExist();
    }
  }
}
