package dev.cofferdam.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.TenantEntry.Denied;
import dev.cofferdam.server.tenancy.TenantEntry.Entered;
import dev.cofferdam.server.tenancy.TenantEntry.Reason;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.tenancy.database.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TenantsTest {
  private static TestDatabase database;

  private TestServer server;
  private Tenants tenants;

  @BeforeAll
  static void install() {
    database = TestDatabase.migratedWithLedger();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void start() {
    server = new TestServer(database);
    tenants = server.tenants;
  }

  @AfterEach
  void stop() {
    server.close();
    JdbcClient superuser = JdbcClient.create(database.superuser());
    superuser.sql("truncate tenancy.tenant, tenancy.slug_claim").update();
  }

  private static TenantId id() {
    return new TenantId(UUID.randomUUID());
  }

  private TenantCreation create(TenantId id, String slug) {
    return tenants.create(id, slug, "Acme University", WantedPlacement.SHARED);
  }

  @Test
  void aCreatedTenantCanBeEntered() {
    TenantId id = id();
    assertThat(create(id, "acme-univ"))
        .isEqualTo(new TenantCreation.Created(id, new Slug("acme-univ")));
    assertThat(server.gate.enter(id))
        .isEqualTo(new Entered(new Scope.OfTenant(id, new Placement.Shared())));
    assertThat(server.events).singleElement().isInstanceOf(TenantEvent.TenantCreated.class);
  }

  @Test
  void aRepeatedRequestFindsTheTenantAndTellsNobodyTwice() {
    TenantId id = id();
    create(id, "acme-univ");
    assertThat(create(id, "acme-univ")).isInstanceOf(TenantCreation.Created.class);
    assertThat(create(id, "other")).isInstanceOf(TenantCreation.IdTaken.class);
    assertThat(server.events).hasSize(1);
  }

  @Test
  void whatLooksLikeAnotherTenantIsTaken() {
    create(id(), "acme-univ");
    for (String slug :
        List.of("acme-univ", "acmeuniv", "acme-un1v", "acrne-univ", "acme-u-n-i-v")) {
      assertThat(create(id(), slug)).as(slug).isInstanceOf(TenantCreation.SlugTaken.class);
    }
    assertThat(create(id(), "Acme Univ!"))
        .isEqualTo(new TenantCreation.SlugRefused(Slug.Refusal.FORM));
    assertThat(create(id(), "acme-universe")).isInstanceOf(TenantCreation.Created.class);
  }

  @Test
  void ofManyWhoWantOneNameAtOnceOneGetsIt() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<TenantCreation>> outcomes =
          threads.invokeAll(
              IntStream.range(0, 20)
                  .<Callable<TenantCreation>>mapToObj(
                      n -> () -> create(id(), n % 2 == 0 ? "acme-univ" : "acme-un1v"))
                  .toList());
      int created = 0;
      for (Future<TenantCreation> outcome : outcomes) {
        switch (outcome.get()) {
          case TenantCreation.Created it -> created++;
          case TenantCreation.SlugTaken it -> {}
          default -> throw new AssertionError(outcome.get());
        }
      }
      assertThat(created).isOne();
    }
  }

  @Test
  void theSameRequestTwentyTimesAtOnceIsOneTenant() throws Exception {
    TenantId id = id();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<TenantCreation> outcome :
          threads.invokeAll(
              IntStream.range(0, 20)
                  .<Callable<TenantCreation>>mapToObj(
                      n -> () -> tenants.create(id, "acme-univ", "Acme", WantedPlacement.SCHEMA))
                  .toList())) {
        assertThat(outcome.get()).isInstanceOf(TenantCreation.Created.class);
      }
    }
    assertThat(server.events).hasSize(2);
    assertThat(server.gate.enter(id))
        .isEqualTo(new Entered(new Scope.OfTenant(id, new Placement.OwnSchema(id))));
  }

  @Test
  void whoRecordsTheEventUndoesItByFailing() {
    TenantId id = id();
    server.letListenersFail(new IllegalStateException("the record cannot be written"));
    assertThatThrownBy(() -> create(id, "acme-univ")).hasMessage("the record cannot be written");
    server.letListenersFail(null);
    assertThat(server.gate.enter(id)).isEqualTo(new Denied(Reason.UNKNOWN));
    assertThat(create(id(), "acme-univ")).isInstanceOf(TenantCreation.Created.class);
  }

  @Test
  void aTenantGoesThroughItsLifeAndNoOtherWay() {
    TenantId id = id();
    create(id, "acme-univ");
    assertThat(tenants.resume(id)).isEqualTo(new TenantChange.Already(TenantState.ACTIVE));
    assertThat(tenants.suspend(id)).isEqualTo(new TenantChange.Changed(TenantState.SUSPENDED));
    assertThat(tenants.suspend(id)).isEqualTo(new TenantChange.Already(TenantState.SUSPENDED));
    assertThat(tenants.finishDeletion(id))
        .isEqualTo(new TenantChange.NoWay(TenantState.SUSPENDED, TenantState.DELETED));
    assertThat(tenants.resume(id)).isEqualTo(new TenantChange.Changed(TenantState.ACTIVE));
    assertThat(tenants.startDeletion(id)).isEqualTo(new TenantChange.Changed(TenantState.DELETING));
    assertThat(tenants.resume(id))
        .isEqualTo(new TenantChange.NoWay(TenantState.DELETING, TenantState.ACTIVE));
    assertThat(tenants.finishDeletion(id)).isEqualTo(new TenantChange.Changed(TenantState.DELETED));
    assertThat(create(id, "acme-univ"))
        .isEqualTo(new TenantCreation.Closed(id, TenantState.DELETED));
    assertThat(create(id(), "acme-univ")).isInstanceOf(TenantCreation.SlugTaken.class);
    assertThat(tenants.suspend(id())).isEqualTo(new TenantChange.Unknown());
    assertThat(server.events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "TenantCreated",
            "TenantSuspended",
            "TenantResumed",
            "TenantDeletionStarted",
            "TenantDeleted");
  }

  @Test
  void theDatabaseKnowsTheSameWaysAsTheCode() {
    JdbcClient superuser = JdbcClient.create(database.superuser());
    for (TenantState from : TenantState.values()) {
      for (TenantState to : TenantState.values()) {
        TenantId id = id();
        superuser
            .sql(
                """
                insert into tenancy.tenant (tenant_id, slug, name, state, placement, created_at, changed_at)
                values (:id, 'some-name', 'n', :state, 'shared', now(), now())
                """)
            .param("id", id.value())
            .param("state", from.stored())
            .update();
        boolean allowed;
        try {
          superuser
              .sql("update tenancy.tenant set state = :to where tenant_id = :id")
              .param("to", to.stored())
              .param("id", id.value())
              .update();
          allowed = true;
        } catch (org.springframework.dao.DataIntegrityViolationException refused) {
          allowed = false;
        }
        assertThat(allowed).as("%s to %s", from, to).isEqualTo(from == to || from.mayBecome(to));
      }
    }
  }

  @Test
  void anAnswerOfTheGateIsAtMostASecondOld() {
    TenantId id = id();
    create(id, "acme-univ");
    assertThat(server.gate.enter(id)).isInstanceOf(Entered.class);
    tenants.suspend(id);
    server.clock.advance(TenantGate.FRESHNESS.minusNanos(1));
    assertThat(server.gate.enter(id)).isInstanceOf(Entered.class);
    server.clock.advance(Duration.ofNanos(1));
    assertThat(server.gate.enter(id)).isEqualTo(new Denied(Reason.SUSPENDED));
  }

  @Test
  void theGateRemembersNothingWhenTheDatabaseIsAway() {
    TenantId id = id();
    create(id, "acme-univ");
    assertThat(server.gate.enter(id)).isInstanceOf(Entered.class);
    server.close();
    server.clock.advance(TenantGate.FRESHNESS);
    assertThatThrownBy(() -> server.gate.enter(id))
        .isInstanceOf(org.springframework.dao.DataAccessException.class);
  }

  @Test
  void thereIsNoCurrentTenantWithoutATenantScope() {
    assertThatThrownBy(Tenants::current).isInstanceOf(UnboundScopeException.class);
    Scopes.run(
        new Scope.OfPlatform(new Purpose("test")),
        () -> assertThatThrownBy(Tenants::current).isInstanceOf(UnboundScopeException.class));
    TenantId id = id();
    Scopes.run(
        new Scope.OfTenant(id, new Placement.Shared()),
        () -> assertThat(Tenants.current()).isEqualTo(id));
  }

  @Test
  void theApplicationRoleCannotProbeForNames() {
    create(id(), "acme-univ");
    TenantId mine = id();
    create(mine, "other-univ");
    Scopes.run(
        new Scope.OfTenant(mine, new Placement.Shared()),
        () -> {
          assertThat(server.app.sql("select slug from tenancy.tenant").query(String.class).list())
              .containsExactly("other-univ");
          assertThatThrownBy(
                  () -> server.app.sql("select * from tenancy.slug_claim").query().listOfRows())
              .hasStackTraceContaining("permission denied");
          assertThatThrownBy(
                  () -> server.app.sql("update tenancy.tenant set slug = 'acme-univ'").update())
              .hasStackTraceContaining("permission denied");
        });
  }
}
