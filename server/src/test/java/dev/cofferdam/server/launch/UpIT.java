package dev.cofferdam.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.testing.Certificates;
import dev.cofferdam.server.testing.InMemory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What a new user meets: the launcher from outside, on the packaged archive. */
final class UpIT {
  @TempDir(factory = InMemory.class)
  Path folder;

  @Test
  void startsOnNewDataThenOnExistingAndStopsWhenAsked() throws Exception {
    try (Launched first = Launched.up(folder)) {
      first.ready();

      assertThat(first.console()).contains("new data in").contains("root.key").contains("is ready");
      assertThat(first.get("/livez").statusCode()).isEqualTo(200);
      assertThat(first.get("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
      assertThat(first.getManagement("/health").body())
          .contains("\"database\":{\"status\":\"UP\"}");
      assertThat(first.getManagement("/metrics").body()).contains("jvm_memory_used_bytes");
      assertNothingElseAnswers(first);
      assertWhatIsKeptIsPrivate(first.data());

      assertThat(first.stopped()).isZero();
      assertThat(first.console()).endsWith("Stopping.\nStopped.\n").doesNotContain("WARN");
      assertThat(first.postmaster()).isNull();
    }
    try (Launched second = Launched.up(folder)) {
      second.ready();

      assertThat(second.console()).contains("existing data in").doesNotContain("new data in");
      assertThat(second.readiness()).isEqualTo(200);
    }
  }

  private static void assertNothingElseAnswers(Launched server) throws Exception {
    for (String path : List.of("/health", "/metrics", "/actuator", "/error", "/v1/x%20y")) {
      assertNotFound(server.get(path));
    }
    for (String path : List.of("/", "/env", "/heapdump", "/loggers", "/beans", "/error")) {
      assertNotFound(server.getManagement(path));
    }
  }

  private static void assertNotFound(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.headers().map()).doesNotContainKey("server");
    assertThat(answer.body())
        .matches(
            "\\{\"type\":\"/problems/not_found\",\"title\":\"Not"
                + " found\",\"status\":404,\"code\":\"not_found\",\"next\":\"[^\"]*\",\"request_id\":\"[0-9a-f-]{36}\"}");
  }

  private static void assertWhatIsKeptIsPrivate(Path data) throws IOException {
    for (String name : List.of("", "root.key", "logs/cofferdam.log")) {
      Path path = data.resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .as(name)
          .endsWith("------");
    }
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Launched launched =
            Launched.run(folder, Map.of(), "up", "--port", "" + taken.getLocalPort())) {
      assertRefused(launched, "Port " + taken.getLocalPort(), "choose another with --port");
    }
    assertThat(folder.resolve(".cofferdam")).doesNotExist();
  }

  @Test
  void saysThatASettingIsUnknown() throws Exception {
    Files.writeString(folder.resolve("cofferdam.yaml"), "cofferdam:\n  http:\n    prot: 1\n");
    try (Launched launched = Launched.up(folder)) {
      assertRefused(launched, "`cofferdam.http.prot` (cofferdam.yaml, line 3)", "Did you mean");
    }
    assertThat(folder.resolve(".cofferdam")).doesNotExist();
  }

  @Test
  void saysThatAValueIsWrongWithoutRepeatingIt() throws Exception {
    try (Launched launched = Launched.run(folder, Map.of("COFFERDAM_HTTP_PORT", "hunter2"), "up")) {
      assertRefused(launched, "`cofferdam.http.port`");
      assertThat(launched.console()).doesNotContain("hunter2");
    }
    try (Launched launched =
        Launched.up(folder, "--database-url", "jdbc:postgresql://db.example.com/cofferdam")) {
      assertRefused(launched, "cofferdam.database.url names the host", "sslmode=verify-full");
    }
  }

  @Test
  void refusesToListenWhereOthersCanReachIt() throws Exception {
    try (Launched launched =
        Launched.run(folder, Map.of("COFFERDAM_HTTP_ADDRESS", "0.0.0.0"), "up")) {
      assertRefused(launched, "`cofferdam.http.address`", "no TLS");
    }
  }

  @Test
  void speaksTlsWhereOthersCanReachIt() throws Exception {
    Certificates authority = new Certificates(folder.resolve("authority.p12"));
    Certificates.Placed placed = authority.issued("localhost").in(folder, "server");
    Files.writeString(
        folder.resolve("cofferdam.yaml"),
        """
        cofferdam:
          http.address: 0.0.0.0
          edge.hosts: localhost
          idp:
            issuer: https://idp.example.com
            client-id: cofferdam
          tls:
            certificate-files: %s
            key-files: %s
        """
            .formatted(placed.certificate(), placed.key()));
    try (Launched doctor = Launched.run(folder, Map.of("COFFERDAM_HTTP_PORT", "0"), "doctor")) {
      doctor.ended();
      assertThat(doctor.console()).containsPattern("ok +tls +EC for \\[localhost] until 20");
    }
    try (Launched server = Launched.upAgain(folder).ready()) {
      assertThat(server.address().toString()).startsWith("https://localhost:");
      assertThat(answered(authority, server.address().getPort(), false)).contains(" 200");
      // Whoever begins another handshake over the same connection could have the server do nothing
      // else.
      assertThatThrownBy(() -> answered(authority, server.address().getPort(), true))
          .isInstanceOf(IOException.class);
    }
    Files.writeString(placed.certificate(), "half of one");
    try (Launched launched =
        Launched.upAgain(
            Files.createDirectory(folder.resolve("again")),
            "--config",
            folder.resolve("cofferdam.yaml").toString())) {
      assertRefused(launched, "`cofferdam.tls.certificate-files`", "holds no certificate");
    }
  }

  private static String answered(Certificates authority, int port, boolean twice) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) authority.trusting(null).getSocketFactory().createSocket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      if (twice) {
        socket.startHandshake();
      }
      socket
          .getOutputStream()
          .write("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      byte[] status = socket.getInputStream().readNBytes(12);
      if (status.length < 12) {
        throw new IOException("closed");
      }
      return new String(status, UTF_8);
    }
  }

  @Test
  void refusesDataThatAreNotItsOwnOrNewer() throws Exception {
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.txt"), "mine");
    try (Launched launched = Launched.up(folder, "--data", "foreign")) {
      assertRefused(launched, "was not made by Cofferdam");
    }
    assertThat(foreign.resolve("thesis.txt")).hasContent("mine");

    Path newer = Files.createDirectory(folder.resolve("newer"));
    Files.writeString(newer.resolve("format"), "cofferdam-data: 2\n");
    try (Launched launched = Launched.up(folder, "--data", "newer")) {
      assertRefused(launched, "format 2", "newer Cofferdam");
    }
  }

  @Test
  void whatIsNotUnderstoodIsAUsageError() throws Exception {
    try (Launched launched = Launched.run(folder, Map.of(), "up", "--prot", "1")) {
      assertThat(launched.ended()).isEqualTo(2);
      assertThat(launched.console()).contains("--prot").contains("./cofferdam up --help");
    }
    try (Launched launched = Launched.run(folder, Map.of(), "upp")) {
      assertThat(launched.ended()).isEqualTo(2);
      assertThat(launched.console()).contains("no command `upp`");
    }
  }

  @Test
  void twoServersServeOneDatabase() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("second"));
    try (Launched first = Launched.upAgain(folder).ready();
        Launched second =
            Launched.run(
                elsewhere,
                Map.of(
                    "COFFERDAM_KEYRING_ROOTKEYFILE", first.data().resolve("root.key").toString()),
                "up",
                "--port",
                "0",
                "--management-port",
                "0",
                "--database-url",
                "jdbc:postgresql://127.0.0.1:" + first.postgresPort() + "/cofferdam")) {
      second.ready();

      assertThat(second.console()).contains("external PostgreSQL");
      assertThat(first.readiness()).isEqualTo(200);
      assertThat(second.readiness()).isEqualTo(200);
      assertThat(sessions(first)).contains("cofferdam_app");

      assertThat(second.stopped()).isZero();
      assertThat(first.readiness()).isEqualTo(200);
    }
  }

  @Test
  void anotherRootKeyIsRefusedAndLocksNobodyOut() throws Exception {
    try (Launched first = Launched.upAgain(folder).ready()) {
      Path key = first.data().resolve("root.key");
      Path other = folder.resolve("other.key");
      RootKey.open(other, RootKey.IfAbsent.CREATE).close();
      assertThat(first.stopped()).isZero();
      Files.move(key, folder.resolve("own.key"));
      Files.move(other, key);

      try (Launched wrong = Launched.up(folder)) {
        assertRefused(wrong, "this database belongs to `", "cofferdam.keyring.root-key-file");
      }
      Files.move(folder.resolve("own.key"), key, StandardCopyOption.REPLACE_EXISTING);
      try (Launched again = Launched.up(folder).ready()) {
        assertThat(again.readiness()).isEqualTo(200);
      }
    }
  }

  private static List<String> sessions(Launched server) throws IOException, SQLException {
    List<String> users = new ArrayList<>();
    try (Connection connection = server.superuser("postgres").getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select usename from pg_stat_activity where usename is not null")) {
      while (rows.next()) {
        users.add(rows.getString(1));
      }
    }
    return users;
  }

  @Test
  void aSecondServerOnTheSameDataSaysWhoHasThem() throws Exception {
    try (Launched first = Launched.upAgain(folder).ready();
        Launched second = Launched.up(folder)) {
      assertRefused(second, "Another Cofferdam", "is using");
      assertThat(first.readiness()).isEqualTo(200);
    }
  }

  @Test
  void anOrdinaryUserNeedsNoRights() throws Exception {
    if (new UnixSystem().getUid() != 0) {
      // Then every other test here is this one.
      return;
    }
    // The checkout may lie where nobody else may look.
    Path shared = InMemory.newFolder("cofferdam-it-");
    try {
      Path jar = copyArchive(shared);
      Path home = Files.createDirectory(shared.resolve("home"));
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
      try (Launched server =
          Launched.start(
              home,
              Map.of("COFFERDAM_POSTGRES_BINARIES", home.resolve("binaries").toString()),
              List.of(
                  "setpriv",
                  "--reuid=65534",
                  "--regid=65534",
                  "--clear-groups",
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-jar",
                  jar.toString(),
                  "up",
                  "--port",
                  "0",
                  "--management-port",
                  "0"))) {
        server.ready();

        assertThat(server.readiness()).isEqualTo(200);
        assertThat(Files.getAttribute(server.data(), "unix:uid")).isEqualTo(65534);
        assertThat(server.stopped()).isZero();
      }
    } finally {
      FileSystemUtils.deleteRecursively(shared);
    }
  }

  /** Of what it is started on, a recording names files in another way than the archive itself. */
  @Test
  void anArchiveInAFolderWithAnyNameStartsFromARecordingToo() throws Exception {
    Path named = Files.createDirectory(folder.resolve("100 % über+dem Deich"));
    Path jar = copyArchive(named);
    Path recording = named.resolve("classes.jsa");

    assertThat(doctor(jar, "-XX:ArchiveClassesAtExit=" + recording)).contains("ok ");
    assertThat(recording).exists();
    assertThat(doctor(jar, "-XX:SharedArchiveFile=" + recording))
        .containsPattern("ok +data ")
        .containsPattern("ok +libraries +as built");
  }

  @Test
  void itSpeaksEnglishOnEveryMachine() throws Exception {
    String said = doctor(copyArchive(folder), "-Duser.language=ar", "-Duser.country=EG");

    assertThat(said).containsPattern("disk +[0-9.]+ GB free");
  }

  /** What {@code doctor} says, by that archive and with these options of Java. */
  private String doctor(Path jar, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-jar", jar.toString(), "doctor", "--port", "0", "--management-port", "0"));
    try (Launched doctor = Launched.start(folder, Map.of(), command)) {
      assertThat(doctor.ended()).as(doctor.console()).isZero();
      return doctor.console();
    }
  }

  private static Path copyArchive(Path to) throws IOException {
    Path target = Path.of("target");
    FileSystemUtils.copyRecursively(target.resolve("lib"), to.resolve("lib"));
    try (Stream<Path> files = Files.list(target)) {
      Path jar =
          files
              .filter(file -> file.getFileName().toString().matches("cofferdam-server-.*\\.jar"))
              .findFirst()
              .orElseThrow();
      return Files.copy(jar, to.resolve("server.jar"));
    }
  }

  @Test
  void whatTheReadmeTellsOneToRunWorks() throws Exception {
    List<String> blocks =
        Pattern.compile("(?s)```sh\n(.*?)```")
            .matcher(Files.readString(Path.of("../README.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    // `test` is what runs this, and WholeReviewIT runs `review`.
    assertThat(blocks).hasSize(4);
    assertThat(blocks.get(0)).isEqualTo("./cofferdam up\n");
    assertThat(blocks.get(2)).isEqualTo("./cofferdam test\n");
    assertThat(blocks.get(3)).isEqualTo("./cofferdam review\n");
    try (Launched server = Launched.upAgain(folder).ready()) {
      assertThat(walked(blocks.get(1), server))
          .contains("\"action\":\"group.created\"")
          .endsWith("\n0\n")
          .containsPattern("clean: [0-9]+ records of `cofferdam/tenant/");
    }
    try (Launched help = Launched.run(folder, Map.of(), "help")) {
      assertThat(help.ended()).isZero();
      assertThat(help.console()).contains("up ").contains("test ");
    }
  }

  /**
   * What it prints, and its exit code. The ports are others here: those of the README may be taken.
   */
  private String walked(String commands, Launched server) throws Exception {
    Files.createSymbolicLink(
        folder.resolve("cofferdam-node"), Path.of("../cofferdam-node").toAbsolutePath());
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                "-eu",
                "-c",
                commands.replace("http://127.0.0.1:8080", server.address().toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("COFFERDAM_BUILD", "no");
    builder.environment().put("COFFERDAM_JAVA_HOME", System.getProperty("java.home"));
    Process walk = builder.start();
    String printed = new String(walk.getInputStream().readAllBytes(), UTF_8);
    return printed + "\n" + walk.waitFor() + "\n";
  }

  @Test
  void theDoctorFindsWhatIsMissing() throws Exception {
    try (Launched doctor =
        Launched.run(
            folder,
            Map.of("COFFERDAM_HTTP_PORT", "0", "COFFERDAM_MANAGEMENT_PORT", "0"),
            "doctor")) {
      assertThat(doctor.ended()).as(doctor.console()).isZero();
      assertThat(doctor.console())
          .contains("will be made at the first start")
          .containsPattern("ok +postgresql +18")
          .doesNotContain("MISSING");
    }
    assertThat(folder.resolve(".cofferdam")).doesNotExist();

    Files.createDirectory(folder.resolve(".cofferdam"));
    Files.writeString(folder.resolve(".cofferdam/thesis.txt"), "mine");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Launched doctor =
            Launched.run(folder, Map.of(), "doctor", "--port", "" + taken.getLocalPort())) {
      assertThat(doctor.ended()).isEqualTo(1);
      assertThat(doctor.console())
          .containsPattern("MISSING +data +.*was not made by Cofferdam")
          .containsPattern("MISSING +public port +Port " + taken.getLocalPort());
    }
  }

  /** One sentence, no stack trace, exit code 1. */
  private static void assertRefused(Launched launched, String... said) throws InterruptedException {
    assertThat(launched.ended()).isEqualTo(1);
    assertThat(launched.console())
        .contains(said)
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .matches("(?s)(  [^\n]*\n)*cofferdam: [^\n]*\n");
  }
}
