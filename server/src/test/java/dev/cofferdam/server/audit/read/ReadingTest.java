package dev.cofferdam.server.audit.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadingTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Actor.OfNode node = new Actor.OfNode(UUID.randomUUID());
  private Scope.OfTenant scope = SERVER.newTenant();
  private LogId.OfTenant log = new LogId.OfTenant(scope.tenant());
  private int before;

  @BeforeEach
  void countWhatTheTenantBeganWith() {
    scope = SERVER.newTenant();
    log = new LogId.OfTenant(scope.tenant());
    append(Entry.done(log, node, "test.begun"));
    before = search(RecordQuery.all(200)).records().size();
  }

  @Test
  void recordsAreFoundByWhatTheySay() {
    append(Entry.done(log, node, "secret.read").on("secret", "one"));
    append(Entry.denied(log, node, "secret.read", "not_found").on("secret", "two"));
    append(
        Entry.done(log, new Actor.OfNode(UUID.randomUUID()), "secret.written").on("secret", "one"));

    RecordQuery all = RecordQuery.all(10);
    assertThat(actions(all.by(node.party())))
        .containsExactly("secret.read", "secret.read", "test.begun");
    assertThat(actions(all.of("secret.written"))).containsExactly("secret.written");
    assertThat(actions(all.on(new Party("secret", "one"))))
        .containsExactly("secret.written", "secret.read");
    assertThat(search(all.ending(Outcome.DENIED)).records())
        .singleElement()
        .satisfies(it -> assertThat(it.record().code()).isEqualTo("not_found"));
    assertThat(actions(all.by(node.party()).of("secret.read").ending(Outcome.DONE)))
        .containsExactly("secret.read");
    assertThat(actions(all.on(new Party("secret", "' or true --")))).isEmpty();
  }

  @Test
  void aTimeIsFound() {
    Instant begin = search(RecordQuery.all(1)).records().getFirst().record().time();
    append(Entry.done(log, node, "secret.read"));
    Instant last = search(RecordQuery.all(1)).records().getFirst().record().time();

    assertThat(actions(RecordQuery.all(10).between(last, null))).contains("secret.read");
    assertThat(actions(RecordQuery.all(10).between(null, begin))).doesNotContain("secret.read");
    assertThat(actions(RecordQuery.all(10).between(last.plusSeconds(1), null))).isEmpty();
  }

  @Test
  void pagesFollowEachOtherWithoutGaps() {
    for (int record = 0; record < 23; record++) {
      append(Entry.done(log, node, "secret.read").on("secret", "s" + record));
    }
    List<StoredRecord> read = new ArrayList<>();
    RecordQuery query = RecordQuery.all(5).of("secret.read");
    Optional<RecordQuery.Position> next;
    do {
      Slice slice = search(query);
      read.addAll(slice.records());
      next = slice.next().map(position -> RecordQuery.Position.parse(position.toString()));
      if (next.isPresent()) {
        query = query.after(next.get());
      }
    } while (next.isPresent());

    assertThat(read).hasSize(23).doesNotHaveDuplicates();
    assertThat(read).isSortedAccordingTo((one, other) -> Long.compare(other.index(), one.index()));
  }

  @Test
  void nobodySeesTheRecordsOfAnother() {
    append(Entry.done(log, node, "secret.read").on("secret", "one"));
    StoredRecord mine = search(RecordQuery.all(1)).records().getFirst();
    Scope.OfTenant other = SERVER.newTenant();

    assertThat(
            Scopes.call(
                other,
                () -> SERVER.bean(Records.class).search(RecordQuery.all(10).by(node.party()))))
        .satisfies(slice -> assertThat(slice.records()).isEmpty());
    assertThat(Scopes.call(other, () -> SERVER.bean(Records.class).find(mine.record().id())))
        .isEmpty();
    assertThat(Scopes.call(scope, () -> SERVER.bean(Records.class).find(mine.record().id())))
        .hasValue(mine);
  }

  @Test
  void recordsOfSeveralLogsAreMadeSearchableInSteps() {
    Scope.OfTenant other = SERVER.newTenant();
    LogId.OfTenant otherLog = new LogId.OfTenant(other.tenant());
    for (int record = 0; record < 5; record++) {
      append(Entry.done(log, node, "secret.read"));
      append(Entry.done(otherLog, node, "secret.read"));
    }
    AllLogs logs = SERVER.bean(AllLogs.class);
    // The server's own follower may have come first, which leaves less and never more.
    Map<LogId, Long> left = logs.makeSearchable(List.of(log, otherLog, LogId.PLATFORM), 2);
    assertThat(left.keySet()).isSubsetOf(log, otherLog);
    assertThat(left.values()).allMatch(unsearched -> unsearched <= before + 5 - 2);
    while (!left.isEmpty()) {
      left = logs.makeSearchable(left.keySet(), 2);
    }

    assertThat(logs.makeSearchable(log, 1)).isZero();
    assertThat(actions(RecordQuery.all(10).by(node.party()).of("secret.read"))).hasSize(5);
    assertThat(
            Scopes.call(
                other,
                () ->
                    SERVER
                        .bean(Records.class)
                        .search(RecordQuery.all(10).by(node.party()))
                        .records()))
        .hasSize(5);
  }

  @Test
  void charactersThatPostgresDoesNotKnowDoNoHarm() {
    append(
        Entry.done(log, node, "secret.read")
            .on("secret", "nul\0\0and \\u0000")
            .with("text", "\0\\\0 \\\\u0000"));

    assertThat(actions(RecordQuery.all(10).on(new Party("secret", "nul\0\0and \\u0000"))))
        .containsExactly("secret.read");
  }

  @Test
  void everySearchReadsAnIndexThatBeginsWithTheTenant() {
    RecordQuery all = RecordQuery.all(50).between(Instant.EPOCH, null);
    for (RecordQuery query :
        List.of(
            all,
            all.by(node.party()),
            all.of("secret.read"),
            all.on(new Party("secret", "one")),
            all.ending(Outcome.DENIED))) {
      List<String> plan = plan(query);

      assertThat(plan).as(query.toString()).noneMatch(line -> line.contains("Seq Scan on search"));
      assertThat(plan).as(query.toString()).noneMatch(line -> line.contains("Sort"));
    }
  }

  /** As the owner sees it who must not scan: on a table this small the planner would. */
  private static List<String> plan(RecordQuery query) {
    var statement = Records.statement(query, new LogId.OfTenant(SERVER.newTenant().tenant()));
    return SERVER
        .superuser()
        .sql("explain (costs off) " + statement.getKey().replace(":limit", "51"))
        .params(statement.getValue())
        .query(String.class)
        .list();
  }

  @Test
  void anExportInJsonLinesHoldsWhatTheLogCommitsTo() throws IOException {
    for (int record = 0; record < 300; record++) {
      append(Entry.done(log, node, "secret.read").on("secret", "s" + record));
    }
    List<String> lines = export(ExportFormat.JSON_LINES, 0, Long.MAX_VALUE).lines().toList();

    assertThat(lines).hasSize(300 + before + 1);
    JsonNode last = JsonMapper.shared().readTree(lines.getLast());
    Note checkpoint = Note.parse(last.get("checkpoint").stringValue());
    assertThat(checkpoint.text()).contains("\n" + (300 + before) + "\n");
    String line = lines.get(260);
    assertThat(line).startsWith("{\"index\":260,\"record\":");
    byte[] record =
        line.substring("{\"index\":260,\"record\":".length(), line.length() - 1)
            .getBytes(StandardCharsets.UTF_8);
    assertThat(AuditRecord.decode(record).log()).isEqualTo(log.name());
    InclusionProof proof = bound(() -> proofs().inclusion(log, 260, 300 + before)).orElseThrow();
    Hash root = proof.root(Merkle.leaf(record)).orElseThrow();
    assertThat(checkpoint.text()).endsWith("\n" + root.base64() + "\n");
    assertThat(export(ExportFormat.JSON_LINES, 255, 258).lines()).hasSize(3 + 1);
  }

  @Test
  void aFormulaInCsvIsText() throws IOException {
    append(
        Entry.done(log, node, "secret.read")
            .on("secret", "=cmd|' /C calc'!A0")
            .with("note", "a,\"b\""));

    String csv = export(ExportFormat.CSV, 0, Long.MAX_VALUE);
    assertThat(csv)
        .startsWith("index,id,time,")
        .contains(
            ",secret,'=cmd|' /C calc'!A0,done,,,,\"{\"\"note\"\":\"\"a,\\\"\"b\\\"\"\"\"}\"\r\n");
  }

  @Test
  void checkpointsAreProvenToContinueEachOther() {
    append(Entry.done(log, node, "secret.read"));
    AllLogs.Committed first = SERVER.bean(AllLogs.class).head(log).orElseThrow();
    append(Entry.done(log, node, "secret.read"));
    append(Entry.done(log, node, "secret.read"));
    AllLogs.Committed second = SERVER.bean(AllLogs.class).head(log).orElseThrow();

    ConsistencyProof proof =
        bound(() -> proofs().consistency(log, first.head().size(), second.head().size()))
            .orElseThrow();
    assertThat(proof.proves(first.head().checkpoint().root(), second.head().checkpoint().root()))
        .isTrue();
    assertThat(bound(() -> proofs().consistency(log, 1, 1_000_000))).isEmpty();
    assertThat(bound(() -> proofs().inclusion(log, 5, 5))).isEmpty();
  }

  private static Proofs proofs() {
    return SERVER.bean(Proofs.class);
  }

  private <T> T bound(java.util.function.Supplier<T> work) {
    return Scopes.call(scope, work::get);
  }

  private String export(ExportFormat format, long from, long to) throws IOException {
    var out = new ByteArrayOutputStream();
    Exports exports = SERVER.bean(Exports.class);
    Scopes.call(
        scope, () -> exports.write(log, exports.head(log).orElseThrow(), format, from, to, out));
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> actions(RecordQuery query) {
    return search(query).records().stream().map(it -> it.record().action()).toList();
  }

  private Slice search(RecordQuery query) {
    return bound(() -> SERVER.bean(Records.class).search(query));
  }

  private static void append(Entry entry) {
    assertThat(SERVER.bean(AuditLog.class).append(entry)).isInstanceOf(Receipted.class);
  }
}
