package dev.cofferdam.server.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.node.witness.WitnessCommand;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.audit.mirror.LogMirror;
import dev.cofferdam.server.audit.mirror.MirrorDirectory;
import dev.cofferdam.server.audit.mirror.MirrorState;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.audit.store.PublishedKeys;
import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.RunningServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The server's side of witnessing, against the witness that a node runs. */
class WitnessTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T18:00:00Z"));
  private final LogId.OfTenant log = new LogId.OfTenant(SERVER.newTenant().tenant());
  private Thread running = Thread.currentThread();
  private String url = "";
  private String key = "";
  private boolean away;

  @BeforeEach
  void runAWitness() throws IOException {
    append();
    NoteKey ofLog =
        SERVER.bean(PublishedKeys.class).of(log, committed().head().origin()).getFirst();
    PipedWriter said = new PipedWriter();
    BufferedReader heard = new BufferedReader(new PipedReader(said));
    running =
        Thread.ofVirtual()
            .start(
                () ->
                    new CommandLine(new WitnessCommand())
                        .setOut(new PrintWriter(said))
                        .execute(
                            "--name=witness.example",
                            "--state=" + directory.resolve("witness"),
                            "--log=" + ofLog,
                            "--port=0"));
    String line = Objects.requireNonNull(heard.readLine(), "the witness did not start");
    url = "http://127.0.0.1:" + line.replaceFirst(".*on port (\\d+) as .*", "$1");
    key = line.replaceFirst(".* as ", "");
  }

  @AfterEach
  void stop() throws InterruptedException {
    running.interrupt();
    running.join(Duration.ofSeconds(5));
    http.close();
  }

  @Test
  void whatIsMirroredIsCosigned() throws IOException {
    LogMirror mirror = mirror("mirror");
    assertThat(mirror.advance(committed())).isInstanceOf(MirrorState.Current.class);
    append();
    assertThat(mirror.advance(committed())).isInstanceOf(MirrorState.Current.class);

    Note note =
        Note.parse(
            Files.readString(
                directory.resolve("mirror").resolve(log.name()).resolve("checkpoint")));
    assertThat(witness().hasCosigned(note)).isTrue();
    assertThat(note.text()).isEqualTo(committed().head().note().text());
  }

  @Test
  void aRollbackIsFoundByTheWitnessEvenWithoutTheOldMirror() throws IOException {
    AllLogs.Committed old = committed();
    append();
    mirror("mirror").advance(committed());

    assertThat(mirror("another").advance(old))
        .isInstanceOfSatisfying(
            MirrorState.Diverging.class,
            it -> assertThat(it.what()).contains("cut or rolled back"));
  }

  @Test
  void aMirrorThatWasLostLearnsFromTheWitnessWhereItWas() throws IOException {
    mirror("mirror").advance(committed());
    append();

    LogMirror another = mirror("another");
    assertThat(another.advance(committed())).isInstanceOf(MirrorState.Current.class);
    assertThat(another.isCosigned(log)).isTrue();
  }

  @Test
  void aWitnessThatIsAwayHoldsNothingUpAndCosignsLater() throws IOException {
    LogMirror mirror = mirror("mirror");
    away = true;
    assertThat(mirror.advance(committed())).isInstanceOf(MirrorState.Current.class);
    assertThat(mirror.isCosigned(log)).isFalse();

    away = false;
    mirror.advance(committed());
    assertThat(mirror.isCosigned(log)).isFalse();
    clock.advance(Duration.ofMinutes(1));
    mirror.advance(committed());
    assertThat(mirror.isCosigned(log)).isTrue();
  }

  private LogMirror mirror(String name) {
    return new LogMirror(new MirrorDirectory(directory.resolve(name)), SERVER.app(), witness());
  }

  private Witness witness() {
    return new Witness(
        url, NoteKey.parse(key), this::post, SERVER.app(), clock, new SimpleMeterRegistry());
  }

  private WitnessDoor.Reply post(String address, String body) throws IOException {
    if (away) {
      throw new IOException("away");
    }
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(address))
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new WitnessDoor.Reply(
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse(""),
          answer.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private AllLogs.Committed committed() {
    return SERVER.bean(AllLogs.class).head(log).orElseThrow();
  }

  private void append() {
    Entry entry = Entry.done(log, new Actor.OfNode(UUID.randomUUID()), "secret.read");
    assertThat(SERVER.bean(AuditLog.class).append(entry)).isInstanceOf(Receipted.class);
  }
}
