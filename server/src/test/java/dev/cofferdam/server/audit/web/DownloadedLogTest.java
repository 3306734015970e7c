package dev.cofferdam.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.node.verify.VerifyCommand;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What leaves the server, as an auditor judges it who has the public key and {@code cofferdam-node
 * verify}, and nothing of the server's.
 */
class DownloadedLogTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("t" + UUID.randomUUID().toString().replace("-", ""));
  private final Browser auditor = Browser.ofMember(SERVER, tenant, Role.AUDITOR);
  private final LogId log = new LogId.OfTenant(new TenantId(UUID.fromString(tenant)));
  private Path kept = Path.of("");
  private String key = "";

  @BeforeEach
  void keepACheckpointBeforeMostOfItIsWritten() throws Exception {
    key =
        auditor.get("/v1/audit/log/keys").body().path("items").get(0).path("public_key").asString();
    append(20);
    kept = download("/v1/audit/log/checkpoint", "kept");
    append(300);
  }

  private void append(int many) {
    Entry entry = Entry.done(log, new Actor.OfNode(UUID.randomUUID()), "secret.read");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < many; n++) {
        threads.submit(
            () ->
                assertThat(SERVER.bean(AuditLog.class).append(entry))
                    .isInstanceOf(Receipted.class));
      }
    }
  }

  private byte[] fetch(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        HTTP.send(auditor.request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private Path download(String path, String name) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.write(file, fetch(path));
  }

  /** Everything that a log of this size has, by the addresses that C2SP gives it. */
  private Path tiles(String name) throws IOException, InterruptedException {
    Path checkpoint = download("/v1/audit/log/checkpoint", name + "/checkpoint");
    long size = Checkpoint.parse(Note.parse(Files.readString(checkpoint)).text()).size();
    assertThat(size).isGreaterThan(Tile.FULL);
    for (Tile tile : Tile.added(0, size)) {
      download("/v1/audit/log/" + tile.path(), name + "/" + tile.path());
    }
    return folder.resolve(name);
  }

  private record Verdict(int exit, String sentence) {}

  private static Verdict verify(String... arguments) {
    StringWriter said = new StringWriter();
    int exit =
        new CommandLine(new VerifyCommand())
            .setOut(new PrintWriter(said))
            .setErr(new PrintWriter(said))
            .execute(arguments);
    return new Verdict(exit, said.toString());
  }

  private Verdict verifyLog(Path directory) {
    return verify(directory.toString(), "--key", key, "--kept", kept.toString());
  }

  @Test
  void tilesFetchedOneByOneAreAWholeLog() throws Exception {
    Verdict verdict = verifyLog(tiles("log"));

    assertThat(verdict.exit()).as(verdict.sentence()).isZero();
    assertThat(verdict.sentence()).startsWith("clean: ").contains(log.name());
  }

  @Test
  void theArchiveIsTheSameLogAndIsKnownToBeCutWhenItIs() throws Exception {
    byte[] archive = fetch("/v1/audit/log.tar");
    Path directory = unpack(archive);

    Verdict verdict = verifyLog(directory);
    assertThat(verdict.exit()).as(verdict.sentence()).isZero();
    Path tiles = tiles("log");
    Path entries = Path.of("tile", "entries", "000");
    assertThat(directory.resolve(entries)).hasSameBinaryContentAs(tiles.resolve(entries));

    Files.delete(directory.resolve("checkpoint"));
    assertThat(verifyLog(directory).exit()).as("cut before its end").isEqualTo(2);
  }

  private Path unpack(byte[] archive) throws IOException {
    Path root = folder.resolve("unpacked");
    List<Path> top = new ArrayList<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = root.resolve(entry.getName());
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, in.readAllBytes());
        top.add(root.resolve(Path.of(entry.getName()).getName(0)));
      }
    }
    assertThat(top).allMatch(top.getFirst()::equals);
    return top.getFirst();
  }

  @Test
  void oneRecordIsVerifiedByItsReceiptAlone() throws Exception {
    String id =
        auditor
            .get("/v1/audit/records?action=secret.read&limit=1")
            .body()
            .path("items")
            .get(0)
            .path("record_id")
            .asString();
    Path record = download("/v1/audit/records/" + id + "/encoded", "record");
    Path receipt = download("/v1/audit/records/" + id + "/receipt", "receipt");

    Verdict verdict =
        verify("--key", key, "--receipt", receipt.toString(), "--record", record.toString());
    assertThat(verdict.exit()).as(verdict.sentence()).isZero();
    assertThat(AuditRecord.decode(Files.readAllBytes(record)).id()).hasToString(id);

    Files.writeString(
        record, Files.readString(record).replace("\"outcome\":\"done\"", "\"outcome\":\"fine\""));
    assertThat(
            verify("--key", key, "--receipt", receipt.toString(), "--record", record.toString())
                .exit())
        .isEqualTo(1);
  }

  @Test
  void theReceiptOfAnAnswerIsSomethingToHoldAgainstTheLog() throws Exception {
    Answer answer = auditor.get("/v1/audit/records?limit=1");
    Path receipt = folder.resolve("receipt");
    Files.write(receipt, java.util.Base64.getDecoder().decode(answer.header("Cofferdam-Receipt")));
    Path directory = tiles("log");

    Verdict verdict = verify(directory.toString(), "--key", key, "--kept", receipt.toString());
    assertThat(verdict.exit()).as(verdict.sentence()).isZero();
  }

  @Test
  void aByteThatWasChangedOnTheWayIsFoundWhereItIs() throws Exception {
    Path directory = tiles("log");
    Path entries = directory.resolve("tile/entries/000");
    byte[] content = Files.readAllBytes(entries);
    content[content.length - 10] ^= 1;
    Files.write(entries, content);

    Verdict verdict = verifyLog(directory);
    assertThat(verdict.exit()).isEqualTo(1);
    assertThat(verdict.sentence()).contains("at index 255");
  }
}
