package dev.cofferdam.node.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.node.verify.TestLog;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.AddCheckpoint;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

  @TempDir private Path directory;
  private final TestLog log = new TestLog().grownTo(20);
  private final HttpClient http = HttpClient.newHttpClient();
  private WitnessState state;
  private WitnessKey key;
  private WitnessServer server;

  @BeforeEach
  void start() throws IOException {
    state = WitnessState.open(directory.resolve("state"));
    key = WitnessKey.open(directory.resolve("key"), "witness.example");
    Witness witness =
        new Witness(
            key,
            Map.of(TestLog.ORIGIN, List.of(log.key())),
            state,
            Clock.fixed(NOW, ZoneOffset.UTC));
    server =
        new WitnessServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), witness, line -> {});
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    state.close();
    http.close();
  }

  @Test
  void aLogThatOnlyGrowsIsCosigned() throws Exception {
    assertCosigned(add(0, 5), log.note(5));
    assertCosigned(add(5, 12), log.note(12));
    assertCosigned(add(12, 12), log.note(12));
    assertCosigned(add(12, 20), log.note(20));
  }

  @Test
  void aStaleSizeIsAnsweredWithTheWitnessesOwn() throws Exception {
    add(0, 12);

    HttpResponse<String> answer = add(5, 20);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
    assertThat(answer.body()).isEqualTo("12\n");
    assertThat(add(0, 20).statusCode()).isEqualTo(409);
    assertCosigned(add(12, 20), log.note(20));
  }

  @Test
  void aForkIsNeverCosigned() throws Exception {
    add(0, 12);
    log.rewrite(3, "nothing happened");

    assertThat(add(12, 12).statusCode()).isEqualTo(409);
    assertThat(add(12, 20).statusCode()).isEqualTo(422);
    assertThat(add(0, 20).statusCode()).isEqualTo(409);
    assertThat(state.newest(TestLog.ORIGIN).orElseThrow().size()).isEqualTo(12);
  }

  @Test
  void aRollbackIsNeverCosigned() throws Exception {
    add(0, 12);

    assertThat(add(0, 5).statusCode()).isEqualTo(409);
    assertThat(post(new AddCheckpoint(12, List.of(), log.note(5)).toString()).statusCode())
        .isEqualTo(400);
  }

  @Test
  void anotherLogAndAnotherKeyAreRefused() throws Exception {
    TestLog stranger = new TestLog().grownTo(5);
    Note note = stranger.note(5);
    String other = note.toString().replace(TestLog.ORIGIN, TestLog.ORIGIN + "0");

    assertThat(post(new AddCheckpoint(0, List.of(), note).toString()).statusCode()).isEqualTo(403);
    assertThat(post(new AddCheckpoint(0, List.of(), Note.parse(other)).toString()).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "old 0\n", "old -1\n\nx", "new 0\n\nx\n", "old 0\nAAAA\n\nx\n1\ny\n"})
  void whatIsNoRequestIsRefused(String body) throws Exception {
    assertThat(post(body).statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsTooLongIsRefused() throws Exception {
    assertThat(post("x".repeat(AddCheckpoint.LONGEST + 1)).statusCode()).isEqualTo(413);
  }

  @Test
  void aDamagedStateStopsCosigningForThatLog() throws Exception {
    add(0, 5);
    try (var files = Files.list(directory.resolve("state"))) {
      Path kept = files.filter(file -> !file.endsWith("lock")).findFirst().orElseThrow();
      Files.writeString(kept, "gone\n");
    }

    assertThat(add(5, 12).statusCode()).isEqualTo(500);
  }

  @Test
  void twoWitnessesDoNotShareAState() {
    // Of one process the JVM itself refuses; of two the operating system does.
    assertThatThrownBy(() -> WitnessState.open(directory.resolve("state"))).isNotNull();
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    Path file = directory.resolve("key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatIOException()
        .isThrownBy(() -> WitnessKey.open(file, "witness.example"))
        .withMessageContaining("chmod 600");
  }

  private void assertCosigned(HttpResponse<String> answer, Note note) {
    assertThat(answer.statusCode()).isEqualTo(200);
    Note cosigned = note.with(Note.Signature.parse(answer.body().strip()));
    assertThat(key.published().check(cosigned, Ed25519::verify))
        .isEqualTo(new NoteKey.Check.Cosigned(NOW));
  }

  private HttpResponse<String> add(int old, int size) throws Exception {
    return post(new AddCheckpoint(old, log.consistency(old, size), log.note(size)).toString());
  }

  private HttpResponse<String> post(String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + AddCheckpoint.PATH);
    return http.send(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
