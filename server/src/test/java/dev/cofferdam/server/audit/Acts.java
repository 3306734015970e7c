package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Acts of many kinds on several logs, each noted with what its caller was told, and held against
 * the logs afterwards. Safe for use by many threads.
 */
final class Acts {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final RunningServer server;
  private final List<Scope.OfTenant> tenants;
  private final Queue<Act> acts = new ConcurrentLinkedQueue<>();

  /** What a caller was told. */
  private sealed interface Told {
    /** Done, with this proof. */
    record Done(Receipted receipted) implements Told {}

    /** Done for good, and its proof is still to come. */
    record DoneAndPending(RecordId id) implements Told {}

    /** Not done. */
    record Refused() implements Told {}

    /** An error: whether it was done is not known. */
    record Nothing() implements Told {}
  }

  private record Act(UUID id, LogId log, boolean changes, Told told) {}

  /** On these tenants' logs and the platform's, in a database that has the table of acts. */
  Acts(RunningServer server, List<Scope.OfTenant> tenants) {
    this.server = server;
    this.tenants = List.copyOf(tenants);
    server
        .superuser()
        .sql(
            """
            create schema probe;
            grant usage on schema probe to cofferdam_app;
            create table probe.act (tenant_id uuid not null, act_id uuid not null, primary key (tenant_id, act_id));
            grant insert on probe.act to cofferdam_app
            """)
        .update();
  }

  int size() {
    return acts.size();
  }

  /** Does one thing or another, and notes what came of it. */
  void doOne(Random random) {
    UUID id = UUID.randomUUID();
    Scope.OfTenant tenant = tenants.get(random.nextInt(tenants.size()));
    Actor actor = new Actor.OfPerson(new PersonId(UUID.randomUUID()));
    int kind = random.nextInt(10);
    LogId log = kind == 0 ? LogId.PLATFORM : new LogId.OfTenant(tenant.tenant());
    Entry entry = Entry.done(log, actor, "probe.act").on("probe", id.toString());
    boolean changes = kind >= 6;
    if (kind == 1 || kind == 6) {
      // Few persons: making a key for each would be most of the work.
      UUID subject = new UUID(tenant.tenant().value().getMostSignificantBits(), random.nextInt(3));
      entry = entry.with(new PersonalData(subject, Map.of("name", "Probe")));
    }
    Entry recorded = entry;
    Told told = new Told.Nothing();
    try {
      told = Scopes.call(tenant, () -> changes ? change(tenant, id, recorded) : append(recorded));
    } catch (RuntimeException planted) {
      // Nothing was told.
    }
    acts.add(new Act(id, log, changes, told));
  }

  private Told append(Entry entry) {
    return switch (server.bean(AuditLog.class).append(entry)) {
      case Receipted receipted -> new Told.Done(receipted);
      case Appended.Unavailable unavailable -> new Told.Refused();
    };
  }

  private Told change(Scope.OfTenant tenant, UUID id, Entry entry) {
    RecordId record =
        Objects.requireNonNull(
            server
                .transactions()
                .execute(
                    status -> {
                      server
                          .app()
                          .sql("insert into probe.act (tenant_id, act_id) values (:tenant, :id)")
                          .param("tenant", tenant.tenant().value())
                          .param("id", id)
                          .update();
                      return server.bean(Outbox.class).record(entry);
                    }));
    try {
      return switch (server.bean(Receipts.class).await(entry.log(), record, PATIENCE)) {
        case Receipted receipted -> new Told.Done(receipted);
        case Standing.Pending pending -> new Told.DoneAndPending(record);
        case Standing.Unknown unknown ->
            throw new AssertionError("a record that was committed is unknown: " + record);
      };
    } catch (RuntimeException planted) {
      return new Told.DoneAndPending(record);
    }
  }

  /**
   * Holds every act against its log: what was answered stands in it exactly once with a proof that
   * verifies; a change and its record came to be together or not at all; nothing stands twice. Each
   * log is whole.
   *
   * @param logs as an outsider reads them
   */
  void assertAllStand(WrittenLogs logs) {
    Map<LogId, Map<String, List<Leaf>>> leaves = new HashMap<>();
    Map<LogId, NoteKey> keys = new HashMap<>();
    List<LogId> all = new ArrayList<>(List.of(LogId.PLATFORM));
    tenants.forEach(tenant -> all.add(new LogId.OfTenant(tenant.tenant())));
    for (LogId log : all) {
      leaves.put(log, byAct(logs.settled(log)));
      keys.put(log, logs.key(log));
    }
    List<UUID> changed =
        server.superuser().sql("select act_id from probe.act").query(UUID.class).list();
    Map<UUID, Boolean> done = new HashMap<>();
    changed.forEach(id -> done.put(id, true));
    for (Act act : acts) {
      List<Leaf> found =
          Objects.requireNonNull(leaves.get(act.log()))
              .getOrDefault(act.id().toString(), List.of());
      assertThat(found).as("%s stands once at most", act).hasSizeLessThanOrEqualTo(1);
      if (act.changes()) {
        assertThat(found.size() == 1)
            .as("%s and its record came to be together", act)
            .isEqualTo(done.containsKey(act.id()));
      }
      assertAsTold(act, found.isEmpty() ? null : found.getFirst(), keys);
    }
  }

  private static void assertAsTold(Act act, @Nullable Leaf leaf, Map<LogId, NoteKey> keys) {
    switch (act.told()) {
      case Told.Done(Receipted receipted) -> {
        assertThat(leaf).as("%s was answered and stands", act).isNotNull();
        Leaf there = Objects.requireNonNull(leaf);
        Receipt receipt = Receipt.parse(receipted.receipt().toString());
        assertThat(receipt.index()).isEqualTo(there.index());
        assertThat(receipted.id().value()).isEqualTo(there.record().id());
        assertThat(
                receipt.check(
                    there.record().encode(),
                    "cofferdam/" + act.log().name(),
                    Objects.requireNonNull(keys.get(act.log())),
                    Ed25519::verify))
            .isInstanceOf(Receipt.Check.Included.class);
      }
      case Told.DoneAndPending(RecordId id) ->
          assertThat(leaf)
              .as("%s was committed and stands", act)
              .isNotNull()
              .satisfies(there -> assertThat(there.record().id()).isEqualTo(id.value()));
      // Not answered: it may stand all the same, as an attempt.
      case Told.Refused refused -> {}
      case Told.Nothing nothing -> {}
    }
  }

  private record Leaf(long index, AuditRecord record) {}

  private static Map<String, List<Leaf>> byAct(List<AuditRecord> records) {
    Map<String, List<Leaf>> leaves = new HashMap<>();
    for (int index = 0; index < records.size(); index++) {
      AuditRecord record = records.get(index);
      if (record.action().equals("probe.act")) {
        leaves
            .computeIfAbsent(Objects.requireNonNull(record.object()).id(), key -> new ArrayList<>())
            .add(new Leaf(index, record));
      }
    }
    return leaves;
  }
}
