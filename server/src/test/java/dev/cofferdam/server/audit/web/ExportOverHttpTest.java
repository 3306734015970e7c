package dev.cofferdam.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Carrying a log away over HTTP. */
class ExportOverHttpTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final LogId.OfTenant log =
      new LogId.OfTenant(
          new TenantId(
              UUID.fromString(
                  owner.inOwnTenant("t" + UUID.randomUUID().toString().replace("-", "")))));
  private final Actor.OfNode node = new Actor.OfNode(UUID.randomUUID());

  private void append(Entry entry) {
    assertThat(SERVER.bean(AuditLog.class).append(entry)).isInstanceOf(Receipted.class);
  }

  /** This many at once, so that they take few transactions. */
  private void append(int many, Entry entry) {
    Semaphore atOnce = new Semaphore(200);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < many; n++) {
        threads.submit(
            () -> {
              atOnce.acquireUninterruptibly();
              try {
                append(entry);
              } finally {
                atOnce.release();
              }
            });
      }
    }
  }

  private static JsonNode json(String line) {
    return JsonMapper.shared().readTree(line);
  }

  @Test
  void jsonLinesHoldWhatTheSignedCheckpointCommitsToAndTheNameSaysHowMuch() {
    append(150, Entry.done(log, node, "secret.read").on("secret", "one"));

    Answer answer = owner.get("/v1/audit/records.jsonl");

    List<String> lines = answer.http().body().lines().toList();
    Checkpoint checkpoint =
        Checkpoint.parse(Note.parse(json(lines.getLast()).path("checkpoint").asString()).text());
    Frontier tree = new Frontier();
    for (String line : lines.subList(0, lines.size() - 1)) {
      String begin = "{\"index\":" + tree.size() + ",\"record\":";
      assertThat(line).startsWith(begin);
      byte[] record =
          line.substring(begin.length(), line.length() - 1).getBytes(StandardCharsets.UTF_8);
      tree.append(Merkle.leaf(record), (at, hash) -> {});
    }
    assertThat(tree.size()).isEqualTo(checkpoint.size()).isGreaterThan(150);
    assertThat(tree.root()).isEqualTo(checkpoint.root());
    assertThat(answer.header("Content-Type")).isEqualTo("application/jsonl");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"audit-0-%d.jsonl\"".formatted(checkpoint.size() - 1));

    List<String> rest =
        owner.get("/v1/audit/records.jsonl?first=140").http().body().lines().toList();
    assertThat(json(rest.getFirst()).path("index").asLong()).isEqualTo(140);
    assertThat(owner.get("/v1/audit/records.jsonl?first=-1").text("field")).isEqualTo("first");
  }

  @Test
  void whatIsLookedForIsCarriedAwayFromTheOldestToTheNewest() {
    append(Entry.done(log, node, "secret.read").on("secret", "=1+1"));
    append(150, Entry.done(log, node, "secret.read").on("secret", "one"));
    append(Entry.denied(log, node, "secret.read", "not_found").on("secret", "two"));

    Answer answer = owner.get("/v1/audit/records.csv?action=secret.read&outcome=done");

    List<String> rows = answer.http().body().lines().toList();
    assertThat(rows).hasSize(152);
    assertThat(rows.get(0)).startsWith("index,id,time,");
    assertThat(rows.get(1)).contains(",secret,'=1+1,done,");
    assertThat(rows.subList(1, rows.size()))
        .doesNotHaveDuplicates()
        .extracting(row -> Instant.parse(row.split(",")[2]))
        .isSorted();
    assertThat(answer.header("Content-Type")).startsWith("text/csv");
    assertThat(owner.get("/v1/audit/records.csv?action=secret.gone").http().body().lines())
        .hasSize(1);
    assertThat(
            owner
                .get("/v1/audit/records.csv?action=secret.read&outcome=done&first=100")
                .http()
                .body()
                .lines()
                .skip(1))
        .isNotEmpty()
        .allMatch(row -> Long.parseLong(row.split(",")[0]) >= 100);
  }

  @Test
  void onlyToAskHowItWouldBeAnsweredCarriesNothing() throws Exception {
    var answer =
        SERVER.send(
            owner
                .request("/v1/audit/records.csv")
                .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aSlowReaderOfALongLogCostsNeitherMemoryNorAConnectionToTheDatabase() throws Exception {
    Entry large = Entry.done(log, node, "secret.read").on("secret", "one");
    for (char name = 'a'; name <= 'z'; name++) {
      large = large.with("detail_" + name, "x".repeat(1000));
    }
    append(1500, large);
    HikariDataSource pool = SERVER.pool();
    URI uri = SERVER.uri("/v1/audit/records.jsonl");
    long before = usedMemory();

    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s:%d\r\nCookie: %s\r\n\r\n"
                  .formatted(
                      uri.getPath(),
                      uri.getHost(),
                      uri.getPort(),
                      owner.request("/").build().headers().firstValue("Cookie").orElseThrow())
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);

      // 39 MB are to be written, of which the sockets hold a few.
      assertThat(usedMemory() - before).isLessThan(15_000_000);
      Soon.holds(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    }
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
