package dev.cofferdam.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * As whom PostgreSQL runs. Only root can start a process as somebody else; for an ordinary user all
 * the other tests are the test.
 */
class AccountsTest {
  private static final int NOBODY = 65_534;

  @TempDir(factory = InMemory.class)
  Path temporary;

  private Path directory = Path.of("");

  @BeforeEach
  void letOthersPass() throws Exception {
    assumeTrue(new UnixSystem().getUid() == 0, "SKIPPED: these tests need root");
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    directory = temporary.resolve("data-directory");
  }

  @Test
  void rootRunsItInAUserNamespaceAndKeepsTheFiles() throws Exception {
    assumeTrue(
        new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0,
        "SKIPPED: no user namespaces here");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(
            PostgresSettings.in(directory).withBinaries(SharedPostgres.binaries()), line -> {})) {
      Rows.keep(Rows.client(postgres), 1);

      assertThat(uid(new Layout(directory).data())).isZero();
      assertThat(uid(newestFile(new Layout(directory).data()))).isZero();
      assertThat(Files.readSymbolicLink(Path.of("/proc/" + postgres.pid() + "/ns/user")))
          .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
    }
  }

  @Test
  void anOrdinaryUserRunsItAsHimself() throws Exception {
    String classPath = Owner.readableClassPath(temporary);
    Path home = Files.createDirectory(temporary.resolve("home"));
    Files.setAttribute(home, "unix:uid", NOBODY);
    Path own = home.resolve("data-directory");
    List<String> asNobody =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");

    try (Owner owner = Owner.start(asNobody, classPath, own, Map.of())) {
      assertThat(owner.said()).anyMatch(line -> line.startsWith("PostgreSQL 18.6: new data in"));
      ProcessHandle postmaster = Owner.postmaster(own);
      assertThat(uid(Path.of("/proc/" + postmaster.pid()))).isEqualTo(NOBODY);
      Rows.keep(client(own), 1, 2);
      owner.kill("TERM");
      assertThat(Signals.alive(postmaster)).isFalse();
    }
    try (Owner owner = Owner.start(asNobody, classPath, own, Map.of())) {
      assertThat(Rows.kept(client(own))).containsExactly(1, 2);
      owner.kill("TERM");
    }
  }

  @Test
  void rootWithoutUserNamespacesRunsItAsASystemUser() throws Exception {
    Map<String, String> noUnshare =
        Map.of("PATH", pathWith("setpriv", "setsid", "sh", "sync", "true"));
    String classPath = System.getProperty("java.class.path", "");
    int system;
    try (Owner owner = Owner.start(List.of(), classPath, directory, noUnshare)) {
      assertThat(owner.said()).anyMatch(line -> line.startsWith("PostgreSQL 18.6: new data in"));
      ProcessHandle postmaster = Owner.postmaster(directory);
      system = uid(Path.of("/proc/" + postmaster.pid()));
      assertThat(system).isPositive();
      assertThat(uid(new Layout(directory).data())).isEqualTo(system);
      Rows.keep(client(directory), 1, 2);
      owner.kill("TERM");
      assertThat(Signals.alive(postmaster)).isFalse();
    }

    // The same data, taken back by root where namespaces are permitted, and given away again.
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(PostgresSettings.in(directory), line -> {})) {
      assertThat(Rows.kept(Rows.client(postgres))).containsExactly(1, 2);
      assertThat(uid(newestFile(new Layout(directory).data()))).isZero();
    }
    try (Owner owner = Owner.start(List.of(), classPath, directory, noUnshare)) {
      assertThat(Rows.kept(client(directory))).containsExactly(1, 2);
      assertThat(uid(new Layout(directory).data())).isEqualTo(system);
      owner.kill("TERM");
    }
  }

  @Test
  void rootIsToldWhenNobodyCanReachTheData() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
    try (Owner owner =
        Owner.start(
            List.of(),
            System.getProperty("java.class.path", ""),
            directory,
            Map.of("PATH", pathWith("setpriv", "setsid", "sh", "sync", "true")))) {
      assertThat(owner.said())
          .last()
          .asString()
          .startsWith("refused: PostgreSQL's executables do not run here (")
          .endsWith(
              "Start Cofferdam as an ordinary user, choose a --data directory that every user may pass through, or use an external PostgreSQL 18.");
    }
  }

  private String pathWith(String... commands) throws Exception {
    Path path = Files.createDirectory(temporary.resolve("bin"));
    for (String command : commands) {
      Path found =
          Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
              .map(candidate -> Path.of(candidate, command))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(path.resolve(command), found);
    }
    return path.toString();
  }

  private static int uid(Path path) throws Exception {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  private static Path newestFile(Path data) {
    return data.resolve("postmaster.opts");
  }

  private static JdbcClient client(Path directory) throws Exception {
    Layout layout = new Layout(directory);
    return Rows.client(
        "jdbc:postgresql://127.0.0.1:%s/postgres"
            .formatted(Files.readString(layout.port()).strip()),
        Superuser.NAME,
        Files.readString(layout.password()).strip());
  }
}
