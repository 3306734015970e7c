package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LifeOfARecordTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final LogId log = new LogId.OfTenant(tenant.tenant());
  private final Actor actor = new Actor.OfPerson(new PersonId(UUID.randomUUID()));
  private final WrittenLogs logs = new WrittenLogs(SERVER);

  private Receipted append(Entry entry) {
    return (Receipted) SERVER.bean(AuditLog.class).append(entry);
  }

  @Test
  void anAppendComesBackWithAReceiptThatAnOutsiderVerifies() {
    Receipted receipted =
        append(
            Entry.denied(log, actor, "secret.read", "forbidden")
                .on("secret", "s1")
                .with("version", "3"));

    AuditRecord record = logs.verified(receipted);
    assertThat(record.id()).isEqualTo(receipted.id().value());
    assertThat(record.log()).isEqualTo("tenant/" + tenant.tenant());
    assertThat(record.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(record.code()).isEqualTo("forbidden");
    assertThat(record.details()).containsEntry("version", "3");
    assertThat(receipted.receipt().toString()).hasSizeLessThan(2048);
  }

  @Test
  void thePlatformHasALogOfItsOwn() {
    Receipted receipted = append(Entry.done(LogId.PLATFORM, actor, "tenant.listed"));

    assertThat(logs.verified(receipted).log()).isEqualTo("platform");
  }

  @Test
  void everyOneOfManyAtOnceStandsOnceAndInAWholeLog() throws Exception {
    Set<Long> indexes = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Receipted>> all = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        String number = Integer.toString(i);
        Callable<Receipted> one =
            () -> append(Entry.done(log, actor, "secret.read").with("number", number));
        all.add(threads.submit(one));
      }
      for (Future<Receipted> one : all) {
        Receipted receipted = one.get();
        logs.verified(receipted);
        assertThat(indexes.add(receipted.receipt().index())).isTrue();
      }
    }
    logs.verifyWhole(log);
  }

  @Test
  void aChangeAndItsRecordComeToBeTogether() {
    Outbox outbox = SERVER.bean(Outbox.class);
    RecordId id =
        Scopes.call(
            tenant,
            () ->
                Objects.requireNonNull(
                    SERVER
                        .transactions()
                        .execute(
                            status -> outbox.record(Entry.done(log, actor, "secret.written")))));

    Standing standing = SERVER.bean(Receipts.class).await(log, id, SOON);

    assertThat(standing).isInstanceOf(Receipted.class);
    assertThat(logs.verified((Receipted) standing).action()).isEqualTo("secret.written");
    assertThat(SERVER.bean(Receipts.class).find(log, id)).isInstanceOf(Receipted.class);
    logs.verifyWhole(log);
  }

  @Test
  void whatADeadServerLeftInTheOutboxGetsItsLeafAndItsReceipt() {
    Draft left = SERVER.bean(Drafts.class).draft(Entry.done(log, actor, "secret.written"), true);
    Scopes.run(
        tenant,
        () ->
            SERVER
                .app()
                .sql("select audit.record(:log, :id, :record)")
                .param("log", log.key())
                .param("id", left.id().value())
                .param("record", left.record())
                .query((row, number) -> left)
                .single());

    Standing standing = SERVER.bean(Receipts.class).await(log, left.id(), SOON);

    assertThat(logs.verified((Receipted) standing).action()).isEqualTo("secret.written");
  }

  @Test
  void recordsOfTheOutboxStandInTheOrderOfTheirTransactions() {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String number = Integer.toString(i);
      written.add(number);
      Scopes.run(
          tenant,
          () ->
              SERVER
                  .transactions()
                  .executeWithoutResult(
                      status ->
                          SERVER
                              .bean(Outbox.class)
                              .record(
                                  Entry.done(log, actor, "secret.written")
                                      .with("number", number))));
    }

    assertThat(
            logs.settled(log).stream()
                .filter(record -> record.action().equals("secret.written"))
                .map(record -> record.details().get("number")))
        .containsExactlyElementsOf(written);
  }

  @Test
  void whatIsRolledBackLeavesNoRecord() {
    Outbox outbox = SERVER.bean(Outbox.class);
    RecordId id =
        Scopes.call(
            tenant,
            () ->
                Objects.requireNonNull(
                    SERVER
                        .transactions()
                        .execute(
                            status -> {
                              status.setRollbackOnly();
                              return outbox.record(Entry.done(log, actor, "secret.written"));
                            })));

    assertThat(SERVER.bean(Receipts.class).await(log, id, SOON)).isEqualTo(new Standing.Unknown());
  }

  @Test
  void nothingIsRecordedOutsideATransaction() {
    assertThatThrownBy(
            () ->
                Scopes.call(
                    tenant,
                    () ->
                        SERVER.bean(Outbox.class).record(Entry.done(log, actor, "secret.written"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("none is running");
  }

  @Test
  void aTenantWritesIntoNoLogButItsOwn() {
    LogId other = new LogId.OfTenant(SERVER.newTenant().tenant());
    for (LogId foreign : List.of(other, LogId.PLATFORM)) {
      assertThatThrownBy(
              () ->
                  Scopes.call(
                      tenant,
                      () ->
                          SERVER
                              .transactions()
                              .execute(
                                  status ->
                                      SERVER
                                          .bean(Outbox.class)
                                          .record(Entry.done(foreign, actor, "secret.written")))))
          .hasStackTraceContaining("does not write into this log");
    }
  }

  @Test
  void whatHappensToATenantStandsInItsLogAndInThePlatforms() {
    List<AuditRecord> own = logs.settled(log);
    assertThat(own).extracting(AuditRecord::action).contains("tenant.created", "key.created");
    assertThat(logs.settled(LogId.PLATFORM))
        .filteredOn(
            record -> new Party("tenant", tenant.tenant().toString()).equals(record.object()))
        .extracting(AuditRecord::action)
        .contains("tenant.created");
  }
}
