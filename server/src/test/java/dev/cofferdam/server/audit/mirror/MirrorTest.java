package dev.cofferdam.server.audit.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.node.verify.LogVerification;
import dev.cofferdam.node.verify.Span;
import dev.cofferdam.node.verify.Trust;
import dev.cofferdam.node.verify.Verdict;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Tile;
import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.check.Finding;
import dev.cofferdam.server.audit.check.LogCheck;
import dev.cofferdam.server.audit.check.SelfCheck;
import dev.cofferdam.server.audit.store.AllLogs;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.audit.store.LogScope;
import dev.cofferdam.server.audit.store.PublishedKeys;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors, and what the self-check finds of somebody who has the database and not the keys. */
class MirrorTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.own();

  @TempDir private Path directory;
  private LogId.OfTenant log = newLog();
  private MirrorStore store = new MirrorDirectory(Path.of(""));
  private LogMirror mirror = new LogMirror(store, SERVER.app());
  private LogCheck check = check();

  @BeforeEach
  void begin() {
    store = new MirrorDirectory(directory);
    mirror = new LogMirror(store, SERVER.app());
    check = check();
  }

  /** The next test begins with a database in which nobody has been at it. */
  @AfterEach
  void forget() {
    SERVER
        .superuser()
        .sql(
            """
            set session_replication_role = replica;
            truncate audit.leaf, audit.node, audit.head, audit.mirrored;
            set session_replication_role = origin
            """)
        .update();
    log = newLog();
  }

  @Test
  void aMirrorFollowsItsLogAndIsVerifiedByANode() throws IOException {
    growTo(10);
    assertThat(mirror.advance(committed())).isEqualTo(new MirrorState.Current(10));
    growTo(300);
    assertThat(mirror.look(committed())).isEqualTo(new MirrorState.Behind(10, 300));
    assertThat(mirror.advance(committed())).isEqualTo(new MirrorState.Current(300));
    growTo(600);
    assertThat(mirror.advance(committed())).isEqualTo(new MirrorState.Current(600));

    Path mirrored = directory.resolve(log.name());
    Path kept = Files.writeString(directory.resolve("kept"), committed().head().note().toString());
    assertThat(verify(mirrored, kept).sentence()).startsWith("clean: 600 records of `cofferdam/");
    assertThat(mirrored.resolve("tile/entries/000.p")).doesNotExist();
    assertThat(check.look(committed())).isEmpty();
    assertThat(check.walk(committed(), (done, all) -> {})).isEmpty();
  }

  @Test
  void aNodeThatKnowsTheFirstKeyFollowsItThroughARotation() throws IOException {
    growTo(10);
    Path kept = Files.writeString(directory.resolve("kept"), committed().head().note().toString());
    PublishedKeys published = SERVER.bean(PublishedKeys.class);
    NoteKey first = published.of(log, committed().head().origin()).getFirst();
    Scopes.run(
        new Scope.OfTenant(log.tenant(), new Placement.Shared()),
        () ->
            SERVER
                .bean(Keyring.class)
                .rotate(new Ring.OfTenant(log.tenant(), KeyPurpose.CHECKPOINT), 1));
    NoteKey second = published.of(log, committed().head().origin()).getFirst();
    Instant end = Instant.now().plusSeconds(60);
    while (waits(log) || !isSignedBy(second)) {
      assertThat(Instant.now()).isBefore(end);
      SERVER.bean(AuditLog.class).append(entry("once more"));
    }
    mirror.advance(committed());

    Trust trust = new Trust(first, List.of(kept), List.of(), List.of());
    assertThat(
            new LogVerification(directory.resolve(log.name()), trust, Span.WHOLE)
                .verify((done, all) -> {})
                .sentence())
        .startsWith("clean: ")
        .contains("whose key was followed through 1 rotation,");
  }

  private boolean isSignedBy(NoteKey key) {
    return key.check(committed().head().note(), Ed25519::verify) instanceof NoteKey.Check.Signed;
  }

  @Test
  void whatAKillLeftIsGoneOnWith() throws IOException {
    growTo(300);
    mirror.advance(committed());
    // As if the process had been killed before the checkpoint, which is written last.
    Files.delete(directory.resolve(log.name()).resolve("checkpoint"));
    Files.delete(directory.resolve(log.name()).resolve("tile/entries/001.p/44"));
    Files.writeString(directory.resolve(log.name()).resolve("tile/entries/.half.new"), "half");

    assertThat(mirror.advance(committed())).isEqualTo(new MirrorState.Current(300));
  }

  @Test
  void aTileThatSomebodyPutThereIsNotOverwritten() throws IOException {
    growTo(10);
    mirror.advance(committed());
    growTo(310);
    byte[] other = "other".getBytes(StandardCharsets.UTF_8);
    store.put(log.name() + "/tile/entries/000", null, other);

    assertThat(mirror.advance(committed())).isInstanceOf(MirrorState.Diverging.class);
    assertThat(store.read(log.name() + "/tile/entries/000")).hasValue(other);
  }

  @Test
  void aDatabaseThatWasRolledBackIsFound() throws IOException {
    growTo(300);
    AllLogs.Committed old = committed();
    growTo(320);
    mirror.advance(committed());

    assertThat(mirror.advance(old))
        .isEqualTo(
            new MirrorState.Diverging(
                "the mirror has 320 records and the database 300: the database was cut or rolled back",
                300));
    assertThat(check.look(old).map(Finding::kind)).hasValue(Finding.Kind.MIRROR);
  }

  @Test
  void aWholeDatabaseFromBeforeTheLogIsFoundAndRecordedOnce() throws Exception {
    growTo(10);
    mirror.advance(committed());
    SelfCheck self = selfCheck();
    assertThat(self.round()).isEmpty();
    forget();

    growTo(5);
    assertThat(self.round()).anyMatch(finding -> finding.kind() == Finding.Kind.LOG_MISSING);
    assertThat(self.round()).hasSameElementsAs(self.findings());
    assertThat(
            SERVER
                .superuser()
                .sql(
                    """
                    select count(*) from audit.platform_leaf
                     where convert_from(record, 'UTF8')::json ->> 'action' = 'audit.divergence_found'
                    """)
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void aMirrorThatWasRemovedIsMissed() throws IOException {
    growTo(10);
    mirror.advance(committed());
    SERVER.bean(AllLogs.class).noteMirrored(Map.of(log, 10L));
    Files.delete(directory.resolve(log.name()).resolve("checkpoint"));

    assertThat(mirror.advance(committed())).isEqualTo(new MirrorState.Missing(10));
    assertThat(check.look(committed()).map(Finding::kind)).hasValue(Finding.Kind.MIRROR_MISSING);
  }

  @Test
  void anEditedRecordIsFoundWithItsIndex() throws IOException {
    growTo(600);
    tamper("update audit.leaf set record = overlay(record placing '\\x7b'::bytea from 5)", 599);
    assertThat(check.look(committed()))
        .hasValueSatisfying(it -> assertThat(it.first()).isEqualTo(599));
  }

  @Test
  void anEditedRecordOfLongAgoIsFoundByTheWholeWalk() throws IOException {
    growTo(1500);
    tamper("update audit.leaf set record = overlay(record placing '\\x7b'::bytea from 5)", 17);
    assertThat(check.walk(committed(), (done, all) -> {}))
        .hasValueSatisfying(
            it -> {
              assertThat(it.kind()).isEqualTo(Finding.Kind.RECORD);
              assertThat(it.first()).isEqualTo(17);
            });
  }

  @Test
  void anEditedHashARemovedRecordAndOneBehindTheHeadAreFound() throws IOException {
    growTo(300);
    tamper("update audit.leaf set leaf_hash = sha256('x')", 299);
    assertThat(check.look(committed()).map(Finding::kind)).hasValue(Finding.Kind.TREE);
    forget();
    growTo(300);
    tamper("delete from audit.leaf", 299);
    assertThat(check.look(committed())).isPresent();
    forget();
    growTo(300);
    tamper(
        """
        insert into audit.leaf select tenant_id, 300, gen_random_uuid(), leaf_hash, record from audit.leaf
        """,
        299);
    assertThat(check.look(committed()).map(Finding::first)).hasValue(300L);
  }

  @Test
  void aHeadThatSomebodySignedWithAnotherKeyIsFound() throws IOException {
    growTo(5);
    AllLogs.Committed forged = committed();
    byte[] signature = forged.head().signature().clone();
    signature[10]++;
    SERVER
        .superuser()
        .sql("set session_replication_role = replica; update audit.head set signature = ?")
        .param(signature)
        .update();

    assertThat(check.look(committed()).map(Finding::kind)).hasValue(Finding.Kind.HEAD);
  }

  @Test
  void aRecordThatDiffersFromTheMirrorIsFound() throws IOException {
    growTo(256);
    mirror.advance(committed());
    Path tile = directory.resolve(log.name()).resolve("tile/entries/000");
    byte[] content = Files.readAllBytes(tile);
    content[20]++;
    Files.write(tile, content);

    assertThat(check.look(committed()).map(Finding::kind)).hasValue(Finding.Kind.MIRROR);
  }

  /** Sparse: only what the proof reads is there, among many other rows of the same log. */
  @Test
  void aProofFromTenMillionRecordsReadsAFewTiles() {
    long size = 10_000_000;
    long index = 1_234_567;
    Set<Tile> tiles = new HashSet<>();
    InclusionProof.of(
        index,
        size,
        node -> {
          tiles.add(Tile.ofNode(node, size));
          return Merkle.EMPTY_ROOT;
        });
    for (Tile tile : tiles) {
      String from =
          " from generate_series(%d, %d) i"
              .formatted(tile.index() * Tile.FULL, tile.index() * Tile.FULL + tile.width() - 1);
      SERVER
          .superuser()
          .sql(
              tile.level() == 0
                  ? "insert into audit.leaf select '%s', i, gen_random_uuid(), sha256(i::text::bytea), ''"
                          .formatted(log.key())
                      + from
                      + " on conflict do nothing"
                  : "insert into audit.node select '%s', %d, i, sha256(i::text::bytea)"
                          .formatted(log.key(), tile.level())
                      + from
                      + " on conflict do nothing")
          .update();
    }
    assertThat(tiles).hasSizeLessThanOrEqualTo(6);

    LogRows rows = new LogRows(SERVER.app());
    Optional<InclusionProof> proof =
        LogScope.call(
            log, () -> Optional.of(InclusionProof.of(index, size, rows.nodes(log, size))));
    assertThat(proof).hasValueSatisfying(it -> assertThat(it.path()).hasSize(24));
  }

  private Verdict verify(Path mirrored, Path kept) {
    NoteKey key = SERVER.bean(PublishedKeys.class).of(log, committed().head().origin()).getFirst();
    Trust trust = new Trust(key, List.of(kept), List.of(), List.of());
    return new LogVerification(mirrored, trust, Span.WHOLE).verify((done, all) -> {});
  }

  private LogCheck check() {
    return new LogCheck(SERVER.app(), SERVER.bean(PublishedKeys.class), store);
  }

  private SelfCheck selfCheck() {
    return new SelfCheck(
        SERVER.bean(AllLogs.class),
        check,
        store,
        SERVER.bean(AuditLog.class),
        Clock.systemUTC(),
        Duration.ofHours(1),
        new SimpleMeterRegistry());
  }

  private AllLogs.Committed committed() {
    return SERVER.bean(AllLogs.class).head(log).orElseThrow();
  }

  /** A new tenant's log, in which the tenant's own beginning stands already. */
  private static LogId.OfTenant newLog() {
    LogId.OfTenant log = new LogId.OfTenant(SERVER.newTenant().tenant());
    Instant end = Instant.now().plusSeconds(60);
    while (SERVER.bean(AllLogs.class).head(log).isEmpty() || waits(log)) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return log;
  }

  private static boolean waits(LogId log) {
    return SERVER
        .superuser()
        .sql("select exists (select from audit.outbox where log_id = ?)")
        .param(log.key())
        .query(Boolean.class)
        .single();
  }

  private void growTo(int size) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long record = committed().head().size(); record < size; record++) {
        String name = "secret-" + record;
        threads.submit(() -> SERVER.bean(AuditLog.class).append(entry(name)));
      }
    }
    assertThat(committed().head().size()).isEqualTo(size);
  }

  private Entry entry(String secret) {
    return Entry.done(log, new Actor.OfNode(UUID.randomUUID()), "secret.read").on("secret", secret);
  }

  private void tamper(String statement, long index) {
    SERVER
        .superuser()
        .sql(
            "set session_replication_role = replica; "
                + statement
                + " where tenant_id = '%s' and leaf_index = %d".formatted(log.key(), index))
        .update();
  }
}
