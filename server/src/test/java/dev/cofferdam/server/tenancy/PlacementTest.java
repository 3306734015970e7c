package dev.cofferdam.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.TenantEntry.Denied;
import dev.cofferdam.server.tenancy.TenantEntry.Entered;
import dev.cofferdam.server.tenancy.TenantEntry.Reason;
import dev.cofferdam.server.tenancy.TenantSchemas.Provisioning;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.tenancy.database.TestServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class PlacementTest {
  private static final PlacedSql LEDGER = new PlacedSql("ledger");
  private static final String READ = "select amount from {schema}.entry order by amount";

  private final TestDatabase database = TestDatabase.migratedWithLedger();
  private final TestServer server = new TestServer(database);
  private final JdbcClient superuser = JdbcClient.create(database.superuser());

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  private TenantId tenant(String slug, WantedPlacement placement) {
    TenantId id = new TenantId(UUID.randomUUID());
    assertThat(server.tenants.create(id, slug, slug, placement))
        .isInstanceOf(TenantCreation.Created.class);
    return id;
  }

  private Scope.OfTenant entered(TenantId id) {
    assertThat(server.gate.enter(id)).isInstanceOf(Entered.class);
    return ((Entered) server.gate.enter(id)).scope();
  }

  private void write(TenantId id, long amount) {
    Scopes.run(
        entered(id),
        () ->
            server
                .app
                .sql(LEDGER.of("insert into {schema}.entry (amount) values (:amount)"))
                .param("amount", amount)
                .update());
  }

  private List<Long> read(Scope.OfTenant scope) {
    return Scopes.call(scope, () -> server.app.sql(LEDGER.of(READ)).query(Long.class).list());
  }

  private static String schemaOf(TenantId id) {
    return new Placement.OwnSchema(id).schemaOf("ledger");
  }

  @Test
  void everyTenantReadsItsOwnRowsWhereverTheyLive() {
    TenantId shared = tenant("shared-one", WantedPlacement.SHARED);
    TenantId placed = tenant("placed-one", WantedPlacement.SCHEMA);
    TenantId other = tenant("placed-two", WantedPlacement.SCHEMA);
    write(shared, 1);
    write(placed, 2);
    write(other, 3);
    assertThat(read(entered(shared))).containsExactly(1L);
    assertThat(read(entered(placed))).containsExactly(2L);
    assertThat(read(entered(other))).containsExactly(3L);
    assertThat(
            superuser
                .sql("select amount from " + schemaOf(placed) + ".entry")
                .query(Long.class)
                .list())
        .containsExactly(2L);
  }

  @Test
  void theSchemaOfAnotherTenantShowsNothing() {
    TenantId mine = tenant("placed-one", WantedPlacement.SCHEMA);
    TenantId other = tenant("placed-two", WantedPlacement.SCHEMA);
    write(other, 3);
    Scopes.run(
        entered(mine),
        () ->
            assertThat(
                    server
                        .app
                        .sql("select amount from " + schemaOf(other) + ".entry")
                        .query(Long.class)
                        .list())
                .isEmpty());
  }

  @Test
  void aMissingTableIsAnErrorAndNeverTheSharedOne() {
    TenantId placed = tenant("placed-one", WantedPlacement.SCHEMA);
    Scope.OfTenant scope = entered(placed);
    // A row of the same tenant in the shared table: what a fall-through would find.
    superuser
        .sql("insert into ledger.entry (tenant_id, amount) values (:id, 13)")
        .param("id", placed.value())
        .update();
    superuser.sql("drop table " + schemaOf(placed) + ".entry").update();
    assertThatThrownBy(() -> read(scope)).hasStackTraceContaining("does not exist");
  }

  @Test
  void aTenantWithoutItsSchemaIsDeniedUntilItIsProvisionedAgain() {
    TenantId placed = tenant("placed-one", WantedPlacement.SCHEMA);
    superuser.sql("drop schema " + schemaOf(placed) + " cascade").update();
    assertThat(server.gate.enter(placed)).isEqualTo(new Denied(Reason.PLACEMENT_MISSING));
  }

  @Test
  void aTenantThatIsBehindIsDeniedUntilItIsMigrated() {
    TenantId placed = tenant("placed-one", WantedPlacement.SCHEMA);
    makeBehind(placed);
    assertThat(server.gate.enter(placed)).isEqualTo(new Denied(Reason.PLACEMENT_BEHIND));
    assertThat(server.schemas.migrateAll(() -> true)).isZero();
    server.clock.advance(TenantGate.FRESHNESS);
    assertThat(server.gate.enter(placed)).isInstanceOf(Entered.class);
  }

  @Test
  void aTenantWhoseMigrationFailsIsDeniedAndTheOthersGoOn() {
    TenantId first = tenant("placed-one", WantedPlacement.SCHEMA);
    TenantId second = tenant("placed-two", WantedPlacement.SCHEMA);
    TenantId third = tenant("placed-three", WantedPlacement.SCHEMA);
    List.of(first, second, third).forEach(this::makeBehind);
    superuser.sql("create table " + schemaOf(second) + ".entry (something_else text)").update();
    assertThat(server.schemas.migrateAll(() -> true)).isOne();
    assertThat(server.gate.enter(first)).isInstanceOf(Entered.class);
    assertThat(server.gate.enter(second)).isEqualTo(new Denied(Reason.PLACEMENT_BEHIND));
    assertThat(server.gate.enter(third)).isInstanceOf(Entered.class);
    assertThat(
            superuser
                .sql("select placement_failure from tenancy.tenant where tenant_id = :id")
                .param("id", second.value())
                .query(String.class)
                .single())
        .isEqualTo("V1__entry.sql: SQLSTATE 42P07");
    superuser.sql("drop table " + schemaOf(second) + ".entry").update();
    assertThat(server.schemas.migrateAll(() -> true)).isZero();
    server.clock.advance(TenantGate.FRESHNESS);
    assertThat(server.gate.enter(second)).isInstanceOf(Entered.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table %s.entry disable row level security",
        "drop policy scope on %s.entry",
        "alter policy scope on %s.entry using (true)",
        "grant select on %s.entry to cofferdam_ops",
        "alter table %s.entry add column extra text",
        "alter table %s.entry alter column note drop default",
        "create unique index on %s.entry (note)",
        "create table %s.more (id int)",
        "create function %s.f() returns int language sql as 'select 1'",
        "drop table %s.entry"
      })
  void aTenantWhoseSchemaWasEditedIsDenied(String edit) {
    TenantId placed = tenant("placed-one", WantedPlacement.SCHEMA);
    superuser.sql(edit.formatted(schemaOf(placed))).update();
    assertThat(server.gate.enter(placed)).isEqualTo(new Denied(Reason.PLACEMENT_BEHIND));
  }

  @Test
  void migratingStopsBetweenTenantsAndCarriesOn() {
    for (String slug : List.of("placed-one", "placed-two", "placed-three")) {
      makeBehind(tenant(slug, WantedPlacement.SCHEMA));
    }
    int[] left = {2};
    assertThat(server.schemas.migrateAll(() -> left[0]-- > 0)).isOne();
    assertThat(server.schemas.migrateAll(() -> true)).isZero();
  }

  @Test
  void provisioningThatFailsHalfWayHealsWhenAskedAgain() {
    TenantSchemas failing =
        new TenantSchemas() {
          @Override
          public Provisioning provision(TenantId tenant) {
            return Provisioning.FAILED;
          }

          @Override
          public String expectedDigest() {
            return server.schemas.expectedDigest();
          }

          @Override
          public boolean isUnedited(TenantId tenant) {
            return true;
          }
        };
    TenantId id = new TenantId(UUID.randomUUID());
    try (TestServer broken = new TestServer(database, failing)) {
      assertThat(broken.tenants.create(id, "placed-one", "n", WantedPlacement.SCHEMA))
          .isEqualTo(new TenantCreation.StillProvisioning(id, new Slug("placed-one")));
    }
    assertThat(server.gate.enter(id)).isEqualTo(new Denied(Reason.PROVISIONING));
    assertThat(server.tenants.create(id, "placed-one", "n", WantedPlacement.SCHEMA))
        .isInstanceOf(TenantCreation.Created.class);
    server.clock.advance(TenantGate.FRESHNESS);
    assertThat(server.gate.enter(id)).isInstanceOf(Entered.class);
  }

  @Test
  void aStatementThatDoesNotLeaveTheSchemaToThePlacementIsADefect() {
    Scopes.run(
        new Scope.OfTenant(new TenantId(UUID.randomUUID()), new Placement.Shared()),
        () -> {
          assertThatThrownBy(() -> LEDGER.of("select 1 from ledger.entry"))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(
                  () -> LEDGER.of("select 1 from {schema}.entry join ledger.entry using (amount)"))
              .isInstanceOf(IllegalArgumentException.class);
        });
    assertThatThrownBy(() -> LEDGER.of(READ)).isInstanceOf(UnboundScopeException.class);
    assertThatThrownBy(() -> new PlacedSql("tenant_1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PlacedSql("a;b")).isInstanceOf(IllegalArgumentException.class);
  }

  /** As if a server with another set of migrations had provisioned it. */
  private void makeBehind(TenantId id) {
    superuser.sql("drop table " + schemaOf(id) + ".entry").update();
    superuser
        .sql(
            "delete from tenancy.placed_migration where schema_name = :schema and module = 'ledger'")
        .param("schema", schemaOf(id))
        .update();
    superuser
        .sql("update tenancy.tenant set placed_as = 'older' where tenant_id = :id")
        .param("id", id.value())
        .update();
  }
}
