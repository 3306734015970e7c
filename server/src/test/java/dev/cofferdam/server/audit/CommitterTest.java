package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.log.Succession;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.mirror.MirrorWatch;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.RunningServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.unit.DataSize;

/** A second committer on a running server's database, whose store can be made to fail. */
class CommitterTest {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final MirrorWatch NO_MIRROR = new MirrorWatch(null, System::nanoTime);

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final LogId log = new LogId.OfTenant(tenant.tenant());
  private final Actor actor = new Actor.OfNode(UUID.randomUUID());
  private final WrittenLogs logs = new WrittenLogs(SERVER);
  private final FailingStore store = new FailingStore(SERVER.bean(LogStore.class));
  private final Committer committer = committer(DEADLINE);
  private final Awaited awaited = new Awaited();
  private final AuditLog audit =
      new AuditLog(committer, SERVER.bean(Drafts.class), awaited, NO_MIRROR);

  private Committer committer(Duration deadline) {
    AuditSettings settings =
        new AuditSettings(
            "cofferdam",
            deadline,
            Duration.ofSeconds(1),
            1000,
            DataSize.ofMegabytes(4),
            100,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
    Intake intake = new Intake(settings.queueRecords(), settings.queueSize().toBytes());
    CheckpointKeys keys =
        new CheckpointKeys(
            SERVER.bean(Keyring.class),
            SERVER.bean(TenantGate.class),
            Clock.systemUTC(),
            intake::poke);
    Backlog backlog = new Backlog(Clock.systemUTC(), settings.longestLag());
    return new Committer(
        settings,
        store,
        new Gathering(settings, store, keys, intake, backlog, id -> true),
        SERVER.bean(StoredReceipts.class),
        new Awaited(),
        intake,
        new AuditMetrics(new SimpleMeterRegistry()));
  }

  @BeforeEach
  void start() {
    committer.start();
  }

  @AfterEach
  void stop() {
    store.setDown(false);
    committer.stop();
  }

  private Appended append(AuditLog through) {
    return through.append(Entry.done(log, actor, "secret.read"));
  }

  private List<Receipted> appendMany(int many, AuditLog... through) throws Exception {
    List<Receipted> receipts = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Appended>> all = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        AuditLog one = through[i % through.length];
        Callable<Appended> call = () -> append(one);
        all.add(threads.submit(call));
      }
      for (Future<Appended> each : all) {
        receipts.add((Receipted) each.get());
      }
    }
    return receipts;
  }

  private void verifyEachStandsOnce(List<Receipted> receipts) {
    Set<Long> indexes = new HashSet<>();
    for (Receipted receipted : receipts) {
      logs.verified(receipted);
      assertThat(indexes.add(receipted.receipt().index())).isTrue();
    }
    assertThat(
            logs.verifyWhole(log).stream()
                .filter(record -> record.action().equals("secret.read"))
                .count())
        .isEqualTo(receipts.size());
  }

  @Test
  void whatFailedAndWasNotStoredIsAppendedAgain() throws Exception {
    append(audit);
    store.failBefore(3);
    List<Receipted> receipts = appendMany(150, audit);
    assertThat(logs.verifyWhole(log)).hasSizeGreaterThanOrEqualTo(151);
    receipts.forEach(logs::verified);
  }

  @Test
  void whatFailedAndWasStoredStandsOnce() throws Exception {
    store.failAfter(2);
    verifyEachStandsOnce(appendMany(150, audit));
  }

  @Test
  void twoServersGrowOneLogWithoutLosingOrDoublingAnything() throws Exception {
    verifyEachStandsOnce(appendMany(300, audit, SERVER.bean(AuditLog.class)));
  }

  @Test
  void theReceiptOfWhatIsAnsweredForByReceiptsIsKeptForThem() {
    Receipted appended =
        (Receipted) audit.appendAwaited(Entry.done(log, actor, "access_token.issued"));

    logs.verified(appended);
    assertThat(awaited.await(appended.id(), Duration.ZERO)).contains(appended);
    Receipted other = (Receipted) append(audit);
    assertThat(awaited.await(other.id(), Duration.ZERO)).isEmpty();
  }

  @Test
  void whatCannotBeDurableInTimeIsRefusedAndItRecoversByItself() {
    Committer impatient = committer(Duration.ofMillis(150));
    AuditLog through = new AuditLog(impatient, SERVER.bean(Drafts.class), awaited, NO_MIRROR);
    store.setDown(true);
    impatient.start();
    try {
      assertThat(append(through)).isEqualTo(new Appended.Unavailable(Duration.ofSeconds(1)));
      assertThat(append(through)).isInstanceOf(Appended.Unavailable.class);
      assertThat(logs.verifyWhole(LogId.PLATFORM)).isNotEmpty();

      store.setDown(false);
      long until = System.nanoTime() + DEADLINE.toNanos();
      Appended last = append(through);
      while (last instanceof Appended.Unavailable && System.nanoTime() < until) {
        last = append(through);
      }
      logs.verified((Receipted) last);
    } finally {
      impatient.stop();
    }
  }

  @Test
  void aRotatedKeySignsFromThenOnAndTheOldReceiptsStayVerifiable() {
    Receipted before = (Receipted) append(SERVER.bean(AuditLog.class));
    var oldKey = logs.key(log);
    Keyring keyring = SERVER.bean(Keyring.class);
    Ring ring = new Ring.OfTenant(tenant.tenant(), KeyPurpose.CHECKPOINT);

    Scopes.run(tenant, () -> keyring.rotate(ring, 1));

    var newKey = logs.key(log);
    assertThat(newKey.toString()).isNotEqualTo(oldKey.toString());
    long until = System.nanoTime() + DEADLINE.toNanos();
    Receipted after = (Receipted) append(SERVER.bean(AuditLog.class));
    while (!signed(after, newKey) && System.nanoTime() < until) {
      after = (Receipted) append(SERVER.bean(AuditLog.class));
    }
    assertThat(signed(after, newKey)).isTrue();
    assertThat(signed(before, oldKey)).isTrue();
    AuditRecord rotation =
        logs.settled(log).stream()
            .filter(record -> record.action().equals(Succession.ACTION))
            .findFirst()
            .orElseThrow();
    assertThat(
            Succession.in(rotation.log(), rotation.details())
                .flatMap(succession -> succession.from(oldKey, WrittenLogs::verify)))
        .as("the old key vouches for the new one")
        .hasValueSatisfying(key -> assertThat(key).hasToString(newKey.toString()));
  }

  private static boolean signed(Receipted receipted, dev.cofferdam.protocol.log.NoteKey key) {
    return key.check(receipted.receipt().note(), WrittenLogs::verify)
        instanceof dev.cofferdam.protocol.log.NoteKey.Check.Signed;
  }

  @Test
  void aLogWhoseKeyIsDestroyedIsClosedAndHoldsUpNoOther() {
    append(SERVER.bean(AuditLog.class));
    SERVER.bean(Tenants.class).startDeletion(tenant.tenant());
    LogClosingTest.closed(SERVER, tenant.tenant());

    Committer impatient = committer(Duration.ofMillis(300));
    impatient.start();
    try {
      AuditLog through = new AuditLog(impatient, SERVER.bean(Drafts.class), awaited, NO_MIRROR);
      assertThat(append(through)).isInstanceOf(Appended.Unavailable.class);
      LogId other = new LogId.OfTenant(SERVER.newTenant().tenant());
      Appended fine = audit.append(Entry.done(other, actor, "secret.read"));
      logs.verified((Receipted) fine);
    } finally {
      impatient.stop();
    }
  }
}
