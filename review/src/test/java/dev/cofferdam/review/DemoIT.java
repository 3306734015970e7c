package dev.cofferdam.review;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.review.demo.Cast;
import dev.cofferdam.review.laboratory.Archives;
import dev.cofferdam.review.laboratory.PlainServer;
import dev.cofferdam.review.render.Pages;
import dev.cofferdam.review.render.SignOffFile;
import dev.cofferdam.review.seal.Check;
import dev.cofferdam.review.seal.ReviewerKey;
import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.seal.Verification;
import dev.cofferdam.review.signoff.Replayed;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server with people in it, and what its log proves. */
final class DemoIT {
  private static final Path ROOT = Path.of("..");

  @TempDir private Path folder;

  @Test
  void peopleAndANodeComeInOnceAndTheLogOfAServerThatGoesOnProvesWhenASignOffWasThere()
      throws IOException, InterruptedException {
    ReviewerKey key = ReviewerKey.make(folder.resolve("reviewer.key"), "reviewer");
    Path file = folder.resolve(Pages.JSON);
    Files.writeString(file, Sealed.by(key, new RecordedRun().signOff()).json());
    try (PlainServer server =
        PlainServer.up(Archives.builtIn(ROOT), folder, freePort(), freePort())) {
      Cast cast = new Cast(server);
      assertThat(cast.comeIn()).isTrue();
      assertThat(cast.comeIn()).isFalse();
      // A machine to which one file was copied, and nothing else.
      Path machine = Files.createDirectory(folder.resolve("machine"));
      Path program =
          Files.copy(Archives.builtIn(ROOT).program(), machine.resolve("cofferdam-node.jar"));
      Path home = machine.resolve("node");
      Cast.Given given = cast.nodeReads(program, home);
      Cast.Given again = cast.nodeReads(program, home);
      try (Browser auditor =
          new Browser(
              server.site(), Map.of(Web.SESSION_COOKIE, cast.atWork("edith")), null, () -> {})) {
        assertThat(auditor.get("/v1/nodes").json().path("items")).hasSize(1);
        assertThat(auditor.get("/secrets/" + given.project()).text()).contains(given.secret());
        assertThat(auditor.get("/audit/records/" + again.record()).text()).contains("secret.read");
        assertThat(again.record()).isNotEqualTo(given.record());
      }
      Path session =
          Files.createFile(
              folder.resolve("session"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(session, cast.operator());

      assertThat(prove(server, session, file)).isZero();
      Sealed proven = SignOffFile.open(file).sealed();
      try (Browser operator =
          new Browser(
              server.site(),
              Map.of(Web.SESSION_COOKIE, Files.readString(session)),
              null,
              () -> {})) {
        assertThat(proves(proven, key, logKey(operator, proven))).isTrue();
      }
      Files.setPosixFilePermissions(session, PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(prove(server, session, file)).isEqualTo(2);
    }
  }

  private static int prove(PlainServer server, Path session, Path file) {
    String[] words = {
      "prove", "--server", server.site().origin(), "--session", session.toString(), file.toString()
    };
    return Main.execute(words);
  }

  private static NoteKey logKey(Browser operator, Sealed proven) {
    UUID record = AuditRecord.decode(proven.seal().record().getBytes(UTF_8)).id();
    Reply receipt = operator.get("/v1/receipts/" + record);
    return NoteKey.parse(receipt.json().path("keys").path(0).asString());
  }

  private static boolean proves(Sealed proven, ReviewerKey key, NoteKey log) {
    return Verification.of(
            proven,
            new Verification.Trust(
                Optional.of(key.published()), Optional.of(log), Optional.empty(), "nothing"),
            LocalDate.now(ZoneOffset.UTC))
        .stream()
        .anyMatch(check -> check.about().equals("time") && check.outcome() == Check.Outcome.GOOD);
  }

  @Test
  void theDemoEndsWithASignOffThatItsServerHasRecorded() throws IOException {
    // What goes wrong stands on standard error, which a report of tests does not keep.
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, UTF_8));
    int code;
    try {
      code = demo();
    } finally {
      System.setErr(before);
    }

    assertThat(code).as(said.toString(UTF_8)).isZero();
    SignOffFile page = SignOffFile.open(folder.resolve("demo/sign-off/sign-off.html"));
    assertThat(page.asWritten()).isTrue();
    assertThat(page.sealed().claimedSigner()).isEqualTo("demo");
    assertThat(page.sealed().seal().receipt()).isNotEmpty();
    SignOff signOff = page.sealed().signOff();
    assertThat(signOff.trials()).isNotEmpty().allMatch(trial -> trial.isGood());
    Replayed replayed = signOff.replayed();
    assertThat(replayed.attacks())
        .extracting(Replayed.Row::attack, Replayed.Row::where, Replayed.Row::verdict)
        .containsExactly(
            tuple("ISO-01.former-reads", "both", "refused"),
            tuple("ISO-04.unbound-read", "laboratory", ""),
            tuple("ISO-13.member", "both", "refused"));
    assertThat(replayed.left()).isEmpty();
    assertThat(replayed.settings()).containsEntry("COFFERDAM_DEVELOPMENTIDP_ANYBODY", "true");
    assertThat(Files.readAllLines(folder.resolve("demo/sign-off/requests.log")))
        .hasSize(replayed.requests());
  }

  private int demo() throws IOException {
    return Main.execute(
        "demo",
        "--root",
        ROOT.toString(),
        "--folder",
        folder.resolve("demo").toString(),
        "--port",
        Integer.toString(freePort()),
        "--management-port",
        Integer.toString(freePort()),
        "--only",
        "ISO-04.unbound-read",
        "--only",
        "ISO-01.former-reads",
        "--only",
        "ISO-13.member",
        "--once");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
