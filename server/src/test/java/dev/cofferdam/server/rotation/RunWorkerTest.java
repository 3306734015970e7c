package dev.cofferdam.server.rotation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.SealedCells;
import dev.cofferdam.server.keyring.UnreadableKeyException;
import dev.cofferdam.server.secrets.NodeKeys;
import dev.cofferdam.server.secrets.Yard;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Servers that go on with rotations, one after the other's death. They have a clock of their own,
 * in a time that the running server does not get to: so it leaves these rotations alone.
 */
class RunWorkerTest {
  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(
                  Authenticator.class, Strangers::new, bean -> bean.setPrimary(true)));

  private static final byte[] VALUE = "open sesame".getBytes(UTF_8);
  private static final int SECRETS = 3;

  private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.MICROS));
  private final RunRows rows = SERVER.bean(RunRows.class);
  private final Keyring keyring = SERVER.bean(Keyring.class);
  private final NodeKeys keys = new NodeKeys();
  private Yard yard = new Yard(SERVER.superuser(), SERVER::request, SERVER.newTenant());
  private Yard.Somebody node = yard.node(keys);

  @BeforeAll
  static void nobodyElseGoesOnWithThem() {
    SERVER.bean(Rounds.class).stop();
  }

  @BeforeEach
  void nothingElseGoesOn() {
    SERVER.superuser().sql("delete from rotation.run").update();
  }

  private void furnish(WantedPlacement placement) {
    yard = new Yard(SERVER.superuser(), SERVER::request, scope = SERVER.newTenant(placement));
    node = yard.node(keys);
    yard.grant(yard.project.value(), "node", node.id, "reader");
    Yard.Somebody writer = yard.person(Role.MEMBER, "writer");
    IntStream.range(0, SECRETS).forEach(n -> writer.makes("key" + n, VALUE));
  }

  private Scope.OfTenant scope = SERVER.newTenant();

  private RunWorker worker(RunWorker.Rest rest) {
    return new RunWorker(
        rows,
        SERVER.bean(RunActs.class),
        SERVER.transactions(),
        new Turns(keyring, clock),
        new TenantTurns(keyring, List.copyOf(SERVER.beans(SealedCells.class)), clock),
        SERVER.bean(TenantDirectory.class),
        SERVER.bean(TenantGate.class),
        rest,
        clock);
  }

  private KeyRun begin(KeyPurpose purpose, Optional<TenantId> only) {
    // Keys are made by the time of the running server.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    if (clock.instant().isBefore(now)) {
      clock.advance(Duration.between(clock.instant(), now));
    }
    KeyRun run =
        new KeyRun(
            UUID.randomUUID(),
            purpose,
            only,
            false,
            "It is time.",
            new PersonId(UUID.randomUUID()),
            clock.instant(),
            Optional.empty(),
            0,
            0,
            0,
            0,
            Optional.empty(),
            Optional.empty());
    assertThat(inRuns(() -> rows.insert(run))).isTrue();
    return run;
  }

  private static <T> T inRuns(java.util.function.Supplier<T> work) {
    return Scopes.call(RunWorker.RUNS, () -> SERVER.transactions().execute(status -> work.get()));
  }

  private KeyRun now(KeyRun run) {
    return inRuns(() -> rows.find(run.id())).orElseThrow();
  }

  private List<KeyInfo> keys(KeyPurpose purpose) {
    return Scopes.call(scope, () -> keyring.list(new Ring.OfTenant(scope.tenant(), purpose)));
  }

  private long under(SealedCells cells, KeyInfo key) {
    return Scopes.call(scope, () -> cells.under(key.id()));
  }

  private void untilDone(RunWorker worker) {
    while (worker.work()) {
      // Until nothing is left to do now.
    }
  }

  private SealedCells values() {
    return SERVER.beans(SealedCells.class).stream()
        .filter(sort -> sort.purpose() == KeyPurpose.DATA)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void valuesLieUnderTheNewKeyAfterwardsAndNodesGetWhatTheyGot(WantedPlacement placement) {
    furnish(placement);
    KeyInfo first = keys(KeyPurpose.DATA).getFirst();
    byte[] before = node.reads("key0").http().body();
    KeyRun run = begin(KeyPurpose.DATA, Optional.of(scope.tenant()));

    untilDone(worker(time -> {}));

    KeyRun ended = now(run);
    assertThat(ended.endedAt()).contains(clock.instant());
    assertThat(ended.rings()).isOne();
    assertThat(ended.cells()).isEqualTo(SECRETS);
    assertThat(ended.spoilt()).isZero();
    assertThat(keys(KeyPurpose.DATA))
        .extracting(KeyInfo::state)
        .containsExactly(KeyState.ACTIVE, KeyState.VERIFYING_ONLY);
    assertThat(under(values(), first)).isZero();
    assertThat(under(values(), keys(KeyPurpose.DATA).getFirst())).isEqualTo(SECRETS);
    assertThat(node.reads("key0").http().body()).isEqualTo(before);
    assertThat(node.reads("key1").status()).isEqualTo(200);
    for (KeyPurpose other : List.of(KeyPurpose.COLUMN, KeyPurpose.CHECKPOINT)) {
      assertThat(keys(other)).as("of one purpose alone").hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void whatADeadServerLeftIsGoneOnWithAndSaidSo() {
    furnish(WantedPlacement.SHARED);
    KeyInfo first = keys(KeyPurpose.DATA).getFirst();
    KeyRun run = begin(KeyPurpose.DATA, Optional.of(scope.tenant()));
    // It has turned the ring and moved one value when it dies.
    Scopes.run(
        scope,
        () -> {
          Ring ring = new Ring.OfTenant(scope.tenant(), KeyPurpose.DATA);
          keyring.rotate(ring, first.version());
          values().move(first.id(), null, 1);
        });
    UUID dead = UUID.randomUUID();
    inRuns(() -> rows.take(dead, clock.instant(), clock.instant().plus(RunWorker.HELD)));
    RunWorker other = worker(time -> {});

    assertThat(other.work()).as("it may only be slow").isFalse();
    clock.advance(RunWorker.HELD);
    untilDone(other);

    KeyRun ended = now(run);
    assertThat(ended.resumed()).isOne();
    assertThat(ended.endedAt()).isPresent();
    assertThat(ended.cells()).isEqualTo(SECRETS);
    assertThat(keys(KeyPurpose.DATA)).as("the ring was turned once").hasSize(2);
    assertThat(under(values(), first)).isZero();
    assertThat(records(run))
        .extracting(AuditRecord::action)
        .containsExactly("rotation.resumed", "rotation.ended");
    assertThat(records(run).getLast().details())
        .containsAllEntriesOf(
            Map.of(
                "purpose", "data", "rings", "1", "cells", "3", "unopenable", "0", "resumed", "1"));
  }

  @Test
  void aServerThatWasOnlySlowTouchesNothingOfARotationThatIsAnothersByNow() {
    furnish(WantedPlacement.SHARED);
    KeyRun run = begin(KeyPurpose.DATA, Optional.of(scope.tenant()));
    RunWorker slow =
        worker(
            time -> {
              clock.advance(RunWorker.HELD);
              inRuns(
                  () ->
                      rows.take(
                          UUID.randomUUID(),
                          clock.instant(),
                          clock.instant().plus(RunWorker.HELD)));
            });

    slow.work();

    assertThat(now(run).endedAt()).isEmpty();
    assertThat(now(run).doneTo()).isEmpty();
    assertThat(slow.work()).isFalse();
  }

  @Test
  void oneRotationDoesNotKeepTheOthersWaiting() {
    KeyRun all = begin(KeyPurpose.EVENT, Optional.empty());
    clock.advance(Duration.ofSeconds(1));
    KeyRun one = begin(KeyPurpose.COLUMN, Optional.of(scope.tenant()));
    RunWorker worker = worker(time -> {});

    worker.work();
    clock.advance(Duration.ofSeconds(1));
    worker.work();

    assertThat(now(one).endedAt()).isPresent();
    untilDone(worker);
    assertThat(now(all).endedAt()).isPresent();
  }

  @Test
  void ofManyThatWaitAServerTakesOne() {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      begin(purpose, Optional.empty());
    }
    // The plan that a join gets when the planner knows of many.
    SERVER.superuser().sql("analyze rotation.run").update();
    int taken = 0;
    while (inRuns(
            () ->
                rows.take(UUID.randomUUID(), clock.instant(), clock.instant().plus(RunWorker.HELD)))
        .isPresent()) {
      taken++;
    }
    assertThat(taken).isEqualTo(KeyPurpose.values().length);
  }

  @Test
  void whatDoesNotOpenIsCountedAndLeftWhereItLies() {
    furnish(WantedPlacement.SHARED);
    SERVER
        .superuser()
        .sql(
            """
            update secrets.secret_version set value_sealed = sha256(value_sealed)
             where ctid = (select min(ctid) from secrets.secret_version where tenant_id = :tenant)
            """)
        .param("tenant", scope.tenant().value())
        .update();
    KeyInfo first = keys(KeyPurpose.DATA).getFirst();
    KeyRun run = begin(KeyPurpose.DATA, Optional.of(scope.tenant()));

    untilDone(worker(time -> {}));

    assertThat(now(run).spoilt()).isOne();
    assertThat(now(run).cells()).isEqualTo(SECRETS - 1L);
    assertThat(under(values(), first)).as("so this key may not go").isOne();
  }

  @Test
  void aServerThatStopsLetsGo() {
    furnish(WantedPlacement.SHARED);
    KeyRun run = begin(KeyPurpose.DATA, Optional.of(scope.tenant()));
    RunWorker stops =
        worker(
            time -> {
              throw new RunWorker.Rest.StoppedException();
            });

    assertThatThrownBy(stops::work).hasMessage("the server stops");
    assertThat(now(run).heldUp()).isEmpty();
    untilDone(worker(time -> {}));

    assertThat(now(run).endedAt()).isPresent();
    assertThat(now(run).resumed()).isZero();
  }

  @Test
  void whatHoldsARotationUpIsSaidUntilItDoesNoMore() {
    furnish(WantedPlacement.SHARED);
    KeyRun run = begin(KeyPurpose.DATA, Optional.of(scope.tenant()));
    RunWorker worker = worker(time -> {});
    JdbcClient superuser = SERVER.superuser();
    // The older key does not open: nothing can be moved from under it.
    superuser
        .sql(
            "update keyring.tenant_key set key_wrapped = key_wrapped || '\\x00' where tenant_id = :tenant and purpose = 'data'")
        .param("tenant", scope.tenant().value())
        .update();

    assertThatThrownBy(() -> untilDone(worker)).isInstanceOf(UnreadableKeyException.class);

    HeldUp first = now(run).heldUp().orElseThrow();
    assertThat(first.by()).contains(scope.tenant());
    assertThat(first.code()).isEqualTo(HeldUp.Code.UNREADABLE_KEY);
    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(() -> untilDone(worker)).isInstanceOf(UnreadableKeyException.class);
    assertThat(now(run).heldUp()).as("since it was found first").contains(first);

    superuser
        .sql(
            "update keyring.tenant_key set key_wrapped = substr(key_wrapped, 1, length(key_wrapped) - 1) where tenant_id = :tenant and purpose = 'data' and version = 1")
        .param("tenant", scope.tenant().value())
        .update();
    untilDone(worker);
    assertThat(now(run).heldUp()).isEmpty();
    assertThat(now(run).endedAt()).isPresent();
  }

  @Test
  void encryptedColumnsAreMovedToo() {
    UUID provider = UUID.randomUUID();
    ColumnCipher cipher = SERVER.bean(ColumnCipher.class);
    ColumnCipher.Cell cell =
        new ColumnCipher.Cell("identity.provider.credential_sealed", provider, 1);
    byte[] sealed = Scopes.call(scope, () -> cipher.seal(cell, VALUE.clone()));
    SERVER
        .superuser()
        .sql(
            """
            insert into identity.provider (tenant_id, provider_id, alias, issuer, client_id, proves_by,
                                           credential_sealed, multi_factor, phishing_resistant, least_acr,
                                           created_at, changed_at)
            values (:tenant, :id, 'own', 'https://idp.example', 'us', 'client_secret', :sealed, '{}', '{}',
                    'single_factor', now(), now())
            """)
        .param("tenant", scope.tenant().value())
        .param("id", provider)
        .param("sealed", sealed)
        .update();
    KeyInfo first = keys(KeyPurpose.COLUMN).getFirst();
    KeyRun run = begin(KeyPurpose.COLUMN, Optional.of(scope.tenant()));

    untilDone(worker(time -> {}));

    assertThat(now(run).cells()).isOne();
    byte[] anew =
        SERVER
            .superuser()
            .sql("select credential_sealed from identity.provider where provider_id = :id")
            .param("id", provider)
            .query(byte[].class)
            .single();
    assertThat(anew).isNotEqualTo(sealed);
    assertThat(Scopes.call(scope, () -> cipher.open(cell, anew)))
        .isInstanceOf(dev.cofferdam.protocol.crypto.Opening.Opened.class);
    Rings rings = SERVER.bean(Rings.class);
    assertThat(rings.ofTenant(scope.tenant()))
        .filteredOn(ring -> ring.ring().purpose() == KeyPurpose.COLUMN)
        .singleElement()
        .satisfies(
            ring ->
                assertThat(ring.keys())
                    .filteredOn(view -> view.key().id().equals(first.id()))
                    .allSatisfy(view -> assertThat(view.needs()).isEmpty()));
  }

  @Test
  void everyEncryptedColumnOfOursIsMovedOrSaysWhyNot() {
    Map<String, String> stays =
        Map.of(
            "audit.personal.data_sealed", "under rings of persons; records name its digest",
            "identity.session.profile_sealed", "goes with the session",
            "identity.pending_sign_in.pending_sealed", "goes after minutes",
            "secrets.sealed_answer.answer_sealed", "sealed to a node, under no key of ours");
    List<String> moved =
        SERVER.beans(dev.cofferdam.server.keyring.ColumnCells.class).stream()
            .map(dev.cofferdam.server.keyring.ColumnCells::name)
            .toList();
    List<String> columns =
        SERVER
            .superuser()
            .sql(
                """
                select table_schema || '.' || table_name || '.' || column_name from information_schema.columns
                 where column_name like '%\\_sealed' and table_schema not like 'tenant\\_%'
                """)
            .query(String.class)
            .list();
    assertThat(columns)
        .contains("secrets.secret_version.value_sealed")
        .allSatisfy(
            column ->
                assertThat(
                        moved.contains(column)
                            || stays.containsKey(column)
                            || column.equals("secrets.secret_version.value_sealed"))
                    .as(column + " lies under a ring and is not moved to its next key")
                    .isTrue());
  }

  @Test
  void aServerWhoseClockWentBackTurnsNothing() {
    furnish(WantedPlacement.SHARED);
    clock.advance(Duration.ofHours(1));
    KeyRun run = begin(KeyPurpose.DATA, Optional.of(scope.tenant()));
    clock.advance(Duration.ofHours(-1));

    assertThat(worker(time -> {}).work()).isFalse();
    assertThatThrownBy(
            () ->
                Scopes.call(
                    scope,
                    () ->
                        new TenantTurns(keyring, List.of(), clock)
                            .turn(run, scope.tenant(), useful -> true)))
        .hasMessageContaining("clock");
    assertThat(keys(KeyPurpose.DATA)).hasSize(1);
  }

  @Test
  void whatHasEndedStaysAsItIs() {
    KeyRun run = begin(KeyPurpose.EVENT, Optional.of(scope.tenant()));
    untilDone(worker(time -> {}));
    assertThat(now(run).endedAt()).isPresent();
    assertThatThrownBy(
            () ->
                SERVER
                    .superuser()
                    .sql("update rotation.run set ended_at = null where run_id = :id")
                    .param("id", run.id())
                    .update())
        .hasMessageContaining("stays as it is");
  }

  /** What the platform's log says of a rotation, as it was written. */
  private static List<AuditRecord> records(KeyRun run) {
    return SERVER
        .superuser()
        .sql(
            """
            select record from audit.outbox where log_id = '00000000-0000-0000-0000-000000000000'
            union all select record from audit.platform_leaf
            """)
        .query(byte[].class)
        .list()
        .stream()
        .filter(record -> new String(record, UTF_8).contains(run.id().toString()))
        .map(AuditRecord::decode)
        .sorted(java.util.Comparator.comparing(AuditRecord::action).reversed())
        .toList();
  }
}
