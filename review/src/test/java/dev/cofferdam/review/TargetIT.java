package dev.cofferdam.review;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.demo.Cast;
import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.laboratory.Laboratories;
import dev.cofferdam.review.laboratory.PlainServer;
import dev.cofferdam.review.render.Pages;
import dev.cofferdam.review.render.SignOffFile;
import dev.cofferdam.review.seal.ReviewerKey;
import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.signoff.Shown;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.Subjects;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Web;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A review of a server that goes on, as somebody would do it who does not run it. */
final class TargetIT {
  private static final Path ROOT = Path.of("..");
  private static final String ATTACKS = "ISO-01,EDG-04,IDN-12,AUD-10";

  @TempDir private static Path folder;
  private static PlainServer server;
  private static Path people;
  private static String watching;

  @BeforeAll
  static void start() throws IOException {
    server = PlainServer.up(Archives.builtIn(ROOT), folder, freePort(), freePort());
    Cast cast = new Cast(server);
    cast.comeIn();
    watching = cast.atWork("alan");
    people = folder.resolve("people.yaml");
    Files.createFile(
        people, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        people,
        """
        attacker: {owner: {cookie: %s}}
        victim: {owner: {cookie: %s}, member: {cookie: %s}}
        stranger: {cookie: %s}
        """
            .formatted(
                cast.atWork("niklaus"), cast.atWork("ada"), watching, cast.atWork("mallory")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatIsRefusedThereIsNeverGreenAndHeldInPartOnlyWhereALaboratorySawTheSame()
      throws IOException {
    Path blind = folder.resolve("blind");
    assertThat(review(blind)).isZero();

    SignOff alone = SignOffFile.open(blind.resolve("sign-off.html")).sealed().signOff();
    assertThat(alone.run().target()).isEqualTo(server.site().origin());
    assertThat(alone.trials())
        .extracting(trial -> trial.attack())
        .contains("ISO-01.reads", "ISO-01.project-reads", "EDG-04.rebinding", "IDN-12.claimed");
    assertThat(alone.shown(Shown.HELD)).isZero();
    assertThat(alone.shown(Shown.HELD_IN_PART)).isZero();
    assertThat(alone.threat("ISO-01").orElseThrow().shown()).isEqualTo(Shown.REFUSED);
    assertThat(reason(alone, "ISO-01.things")).contains("needs the laboratory");
    assertThat(reason(alone, "ISO-01.former-reads")).contains("nobody to play");
    assertThat(reason(alone, "ISO-08.named")).contains("not asked for");
    assertThat(alone.deployed().left()).isEmpty();
    assertThat(groups()).noneMatch(name -> name.contains(alone.deployed().marker()));
    assertThat(Files.readAllLines(blind.resolve("requests.log")))
        .hasSize(alone.deployed().requests());

    ReviewerKey key = ReviewerKey.make(folder.resolve("reviewer.key"), "reviewer");
    Path seen =
        Files.writeString(
            folder.resolve(Pages.JSON),
            Sealed.by(
                    key,
                    new RecordedRun()
                        .of(Subjects.of(Archives.builtIn(ROOT), Laboratories.settings()))
                        .surviving("EDG-04")
                        .signOff())
                .json());
    Path sighted = folder.resolve("sighted");
    assertThat(review(sighted, "--seen", seen.toString(), "--reviewer", key.published().toString()))
        .isZero();
    SignOff both = SignOffFile.open(sighted.resolve(Pages.JSON)).sealed().signOff();
    assertThat(both.threat("ISO-01").orElseThrow().shown()).isEqualTo(Shown.HELD_IN_PART);
    assertThat(both.threat("EDG-04").orElseThrow().shown()).isEqualTo(Shown.REFUSED);
    assertThat(both.shown(Shown.HELD)).isZero();
    String other = ReviewerKey.make(folder.resolve("other.key"), "other").published().toString();
    assertThat(review(sighted, "--seen", seen.toString(), "--reviewer", other)).isEqualTo(2);
  }

  @Test
  void whoeverBreaksItOffFindsEverythingAsBefore() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-jar", Archives.builtIn(ROOT).review().toAbsolutePath().toString(), "target"));
    command.addAll(words(folder.resolve("broken"), "--rate", "4"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("broken.out").toFile())
            .start();
    try {
      long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (groups().stream().noneMatch(name -> name.startsWith("review-"))) {
        assertThat(process.isAlive() && System.nanoTime() < until)
            .as(Files.readString(folder.resolve("broken.out")))
            .isTrue();
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(groups()).noneMatch(name -> name.startsWith("review-"));
    assertThat(Files.readString(folder.resolve("broken.out"), UTF_8)).doesNotContain("left behind");
  }

  private static String reason(SignOff signOff, String attack) {
    return signOff.deployed().notPlayed().stream()
        .filter(one -> one.attack().equals(attack))
        .map(one -> one.reason())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> groups() {
    try (Browser owner =
        new Browser(server.site(), Map.of(Web.SESSION_COOKIE, watching), null, () -> {})) {
      List<String> names = new ArrayList<>();
      owner
          .get("/v1/groups?limit=200")
          .json()
          .path("items")
          .forEach(item -> names.add(item.path("name").asString("")));
      return names;
    }
  }

  private static int review(Path report, String... more) {
    List<String> all = new ArrayList<>(List.of("target"));
    all.addAll(words(report, "--rate", "500", "--only", ATTACKS));
    all.addAll(List.of(more));
    return Main.execute(all.toArray(String[]::new));
  }

  private static List<String> words(Path report, String... more) {
    List<String> all = new ArrayList<>(List.of("--root", ROOT.toAbsolutePath().toString()));
    all.addAll(List.of("--target", server.site().origin()));
    all.addAll(List.of("--identities", people.toString(), "--report", report.toString()));
    all.addAll(List.of(more));
    return all;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
