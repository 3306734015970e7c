package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;

/** A log ends with a signed record behind which nothing waits, and only then its keys. */
final class LogClosingTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final LogId.OfTenant log = new LogId.OfTenant(tenant.tenant());
  private final Ring ring = new Ring.OfTenant(tenant.tenant(), KeyPurpose.CHECKPOINT);
  private final WrittenLogs logs = new WrittenLogs(SERVER);

  @Test
  void aLogInUseIsNotClosedAndItsKeysAreNotDestroyed() {
    change();
    logs.settled(log);

    assertThat(SERVER.bean(LogClosing.class).close(tenant.tenant())).isEqualTo(new Closing.InUse());
    assertThatThrownBy(() -> Scopes.call(tenant, () -> SERVER.bean(Keyring.class).destroyAll(ring)))
        .isInstanceOf(OpenLogException.class)
        .hasMessageContaining(log.name());
    assertThatThrownBy(
            () ->
                Scopes.call(
                    new Scope.OfPlatform(new Purpose("keyring")),
                    () ->
                        SERVER
                            .bean(Keyring.class)
                            .destroyAll(new Ring.OfPlatform(KeyPurpose.PLATFORM_CHECKPOINT))))
        .isInstanceOf(OpenLogException.class);

    assertThat(states()).containsExactly(KeyState.ACTIVE);
    change();
    assertThat(logs.settled(log)).isNotEmpty();
  }

  @Test
  void whatWaitsIsSignedAndThenTheKeysGo() {
    RecordId before = change();
    NoteKey key = logs.key(log);
    SERVER.bean(Tenants.class).startDeletion(tenant.tenant());

    Receipted last = closed(SERVER, tenant.tenant());

    List<AuditRecord> records = records();
    assertThat(records.getLast().action()).isEqualTo("audit.log_closed");
    assertThat(records.getLast().id()).isEqualTo(last.id().value());
    assertThat(records).extracting(AuditRecord::id).contains(before.value());
    assertThat(logs.waiting(log)).isZero();
    assertThat(
            last.receipt().check(records.getLast().encode(), key.name(), key, WrittenLogs::verify))
        .isEqualTo(new Receipt.Check.Included(Checkpoint.parse(last.receipt().note().text())));
    assertThat(states()).containsExactly(KeyState.DESTROYED);
    assertThat(SERVER.bean(LogClosing.class).close(tenant.tenant()))
        .isInstanceOf(Closing.Closed.class);
    // Its end is part of the platform's history, once.
    assertThat(ofPlatform("audit.log_closed")).hasSize(1);
  }

  @Test
  void nothingIsDoneAnyMoreThatWouldHaveToBeRecordedThere() {
    SERVER.bean(Tenants.class).startDeletion(tenant.tenant());
    closed(SERVER, tenant.tenant());

    assertThatThrownBy(this::change)
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("the log is closed");
    assertThatThrownBy(
            () ->
                Scopes.call(
                    tenant,
                    () ->
                        SERVER
                            .bean(Keyring.class)
                            .active(new Ring.OfTenant(tenant.tenant(), KeyPurpose.DATA))))
        .isInstanceOf(DataAccessException.class);
    // The platform still says that the tenant is gone.
    SERVER.bean(Tenants.class).finishDeletion(tenant.tenant());
    assertThat(ofPlatform("tenant.deleted")).hasSize(1);
    assertThat(logs.waiting(log)).isZero();
  }

  @Test
  void whoIsAboutToWriteIsWaitedFor() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RecordId> change =
          threads.submit(
              () ->
                  changeAnd(
                      () -> {
                        written.countDown();
                        await(commit);
                      }));
      await(written);
      SERVER.bean(Tenants.class).startDeletion(tenant.tenant());
      Future<Receipted> closing = threads.submit(() -> closed(SERVER, tenant.tenant()));
      assertThatThrownBy(() -> closing.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      commit.countDown();

      Receipted last = closing.get(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(records()).extracting(AuditRecord::id).contains(change.get().value());
      assertThat(records().getLast().id()).isEqualTo(last.id().value());
    }
  }

  /** Closes the log of a tenant that is being deleted, however often it takes. */
  static Receipted closed(RunningServer server, TenantId tenant) {
    Instant end = Instant.now().plus(LONG);
    while (true) {
      // That the deletion has begun is seen by everybody within a second.
      if (server.bean(LogClosing.class).close(tenant) instanceof Closing.Closed(Receipted last)) {
        return last;
      }
      assertThat(Instant.now()).isBefore(end);
    }
  }

  private RecordId change() {
    return changeAnd(() -> {});
  }

  private RecordId changeAnd(Runnable before) {
    return Scopes.call(
        tenant,
        () ->
            Objects.requireNonNull(
                SERVER
                    .transactions()
                    .execute(
                        status -> {
                          RecordId id =
                              SERVER
                                  .bean(Outbox.class)
                                  .record(
                                      Entry.done(
                                          log,
                                          new Actor.OfPerson(new PersonId(UUID.randomUUID())),
                                          "probe.act"));
                          before.run();
                          return id;
                        })));
  }

  private List<KeyState> states() {
    return Scopes.call(tenant, () -> SERVER.bean(Keyring.class).list(ring)).stream()
        .map(KeyInfo::state)
        .toList();
  }

  /** Of the log as it stands: its keys may be gone. */
  private List<AuditRecord> records() {
    return SERVER
        .superuser()
        .sql("select record from audit.leaf where tenant_id = :tenant order by leaf_index")
        .param("tenant", tenant.tenant().value())
        .query((row, number) -> AuditRecord.decode(row.getBytes(1)))
        .list();
  }

  private List<AuditRecord> ofPlatform(String action) {
    return logs.settled(LogId.PLATFORM).stream()
        .filter(record -> record.action().equals(action))
        .filter(
            record ->
                record.object() != null
                    && record.object().id().contains(tenant.tenant().toString()))
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
