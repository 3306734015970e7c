package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.audit.check.SelfCheck;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.closing.Erasures;
import dev.cofferdam.server.identity.provider.PlantedProvider;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantData;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.TableKind;
import dev.cofferdam.server.tenancy.database.TableList;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a tenant: asked for, called off, and gone for good. */
class ClosingsTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.own();
  @RegisterExtension static final RunningServer OTHER = RunningServer.besides(SERVER);

  private final SignedIn owner = SignedIn.somebody(SERVER);

  private Browser in(SignedIn who, TenantId tenant, Role role) {
    who.join(tenant, role);
    who.enter(tenant);
    return new Browser(SERVER, who.handle);
  }

  private static String slug(TenantId tenant) {
    return "t" + Scope.hex(tenant.value());
  }

  private static Answer schedule(Browser by, TenantId tenant) {
    return by.post("/v1/tenant/deletion", Map.of("slug", slug(tenant)));
  }

  @Test
  void onlyARecentSignInByMoreThanOneFactorDoes() {
    for (ForeignIdentity weak :
        List.of(
            identity(AcrClass.SINGLE_FACTOR, Instant.now()),
            identity(AcrClass.MULTI_FACTOR, Instant.now().minusSeconds(301)))) {
      OpenedSession opened =
          SERVER.bean(Sessions.class).open(weak, SignedIn.arrival(Optional.empty()));
      TenantId tenant = SERVER.newTenant().tenant();
      join(tenant, opened);
      Browser browser = new Browser(SERVER, opened.handle());
      browser.enter(tenant.toString());
      Answer refused = schedule(browser, tenant);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.text("code")).isEqualTo("insufficient_user_authentication");
      assertThat(
              browser
                  .form("/tenant/delete", browser.token(), Map.of("slug", slug(tenant)))
                  .status())
          .isEqualTo(401);
      assertThat(browser.get("/v1/tenant/deletion").status()).isEqualTo(404);
    }
  }

  private static ForeignIdentity identity(AcrClass acr, Instant at) {
    return new ForeignIdentity(
        SignedIn.ISSUER,
        UUID.randomUUID().toString(),
        "someone@example.com",
        "Some One",
        acr,
        List.of(),
        at);
  }

  private static void join(TenantId tenant, OpenedSession opened) {
    SERVER
        .superuser()
        .sql(
            """
            insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
            values (:tenant, :person, 'owner', now(), now())
            """)
        .param("tenant", tenant.value())
        .param("person", opened.person().value())
        .update();
  }

  @Test
  void anOwnerAsksForItEverybodySeesItAndAnOwnerCallsItOff() {
    TenantId tenant = SERVER.newTenant().tenant();
    Browser boss = in(owner, tenant, Role.OWNER);
    assertThat(boss.post("/v1/tenant/deletion", Map.of("slug", "another")).text("code"))
        .isEqualTo("invalid_field");
    assertThat(schedule(in(SignedIn.somebody(SERVER), tenant, Role.ADMIN), tenant).status())
        .isEqualTo(403);
    Answer scheduled = schedule(boss, tenant);
    assertThat(scheduled.status()).as(scheduled.http().body()).isEqualTo(201);
    assertThat(Instant.parse(scheduled.text("due_at")))
        .as("alone")
        .isEqualTo(Instant.parse(scheduled.text("requested_at")).plusSeconds(30 * 24 * 3600));
    assertThat(schedule(boss, tenant).text("code")).isEqualTo("conflict");

    Browser member = in(SignedIn.somebody(SERVER), tenant, Role.MEMBER);
    assertThat(member.get("/v1/tenant/deletion").text("due_at"))
        .isEqualTo(scheduled.text("due_at"));
    assertThat(member.get("/home").http().body()).contains("will be deleted on");
    assertThat(member.write("DELETE", "/v1/tenant/deletion", null).status()).isEqualTo(403);
    SERVER.bean(Erasures.class).workOff();
    assertThat(member.get("/v1/tenant").text("state")).as("not due").isEqualTo("active");

    assertThat(boss.write("DELETE", "/v1/tenant/deletion", null).status()).isEqualTo(200);
    assertThat(boss.write("DELETE", "/v1/tenant/deletion", null).status()).isEqualTo(404);
    assertThat(member.get("/v1/tenant/deletion").status()).isEqualTo(404);
  }

  @Test
  void whereThereIsAnotherOwnerNothingIsDueBeforeThatOneAgrees() {
    TenantId tenant = SERVER.newTenant().tenant();
    Browser boss = in(owner, tenant, Role.OWNER);
    SignedIn partner = SignedIn.somebody(SERVER);
    Browser other = in(partner, tenant, Role.OWNER);
    Browser member = in(SignedIn.somebody(SERVER), tenant, Role.MEMBER);
    assertThat(agree(other, tenant).status()).as("nobody asked for it").isEqualTo(404);
    settle(tenant, owner);

    Answer asked = schedule(boss, tenant);
    assertThat(asked.status()).as(asked.http().body()).isEqualTo(201);
    assertThat(asked.body().path("due_at").isNull() || asked.body().path("due_at").isMissingNode())
        .isTrue();
    SERVER.bean(Erasures.class).workOff();
    assertThat(member.get("/home").http().body())
        .contains("before another owner agrees")
        .doesNotContain("Agree that it be deleted");
    assertThat(boss.get("/home").http().body()).doesNotContain("Agree that it be deleted");
    assertThat(other.get("/home").http().body()).contains("Agree that it be deleted");
    assertThat(other.get("/tenant/delete/agree").http().body()).contains("<form class=\"sheet\"");
    assertThat(boss.get("/tenant/delete/agree").http().body()).contains("You have asked for it");

    assertConflict(agree(boss, tenant), "one's own");
    assertConflict(agree(other, tenant), "an owner of just now");
    assertThat(agree(member, tenant).status()).isEqualTo(403);
    settle(tenant, partner);
    assertThat(other.post("/v1/tenant/deletion/agree", Map.of("slug", "another")).text("code"))
        .isEqualTo("invalid_field");
    Answer agreed = agree(other, tenant);
    assertThat(agreed.status()).as(agreed.http().body()).isEqualTo(200);
    assertThat(agreed.text("agreed_by")).isEqualTo(partner.opened.person().toString());
    assertThat(Instant.parse(agreed.text("due_at")))
        .isEqualTo(Instant.parse(agreed.text("agreed_at")).plusSeconds(7 * 24 * 3600));
    assertConflict(agree(other, tenant), "it is agreed to");
    assertThat(member.get("/home").http().body()).contains("will be deleted on");
    assertThat(member.get("/v1/tenant/deletion").text("due_at")).isEqualTo(agreed.text("due_at"));

    assertThat(boss.write("DELETE", "/v1/tenant/deletion", null).status()).isEqualTo(200);
    assertThat(boss.get("/v1/members/history").http().body())
        .contains("tenant.deletion_requested")
        .contains("tenant.deletion_agreed")
        .contains("tenant.deletion_cancelled");
  }

  @Test
  void onThePageOneAgreesWithASignInOfJustNow() {
    TenantId tenant = SERVER.newTenant().tenant();
    Browser boss = in(owner, tenant, Role.OWNER);
    OpenedSession late =
        SERVER
            .bean(Sessions.class)
            .open(
                identity(AcrClass.MULTI_FACTOR, Instant.now().minusSeconds(301)),
                SignedIn.arrival(Optional.empty()));
    join(tenant, late);
    Browser open = new Browser(SERVER, late.handle());
    open.enter(tenant.toString());
    SignedIn partner = SignedIn.somebody(SERVER);
    Browser other = in(partner, tenant, Role.OWNER);
    settle(tenant, partner);
    schedule(boss, tenant);
    Map<String, String> typed = Map.of("slug", slug(tenant));

    assertThat(agree(open, tenant).status()).isEqualTo(401);
    assertThat(open.form("/tenant/delete/agree", open.token(), typed).status()).isEqualTo(401);
    assertThat(
            other.form("/tenant/delete/agree", other.token(), Map.of("slug", "another")).status())
        .isEqualTo(422);
    assertThat(other.form("/tenant/delete/agree", other.token(), typed).status()).isEqualTo(303);
    assertThat(boss.get("/home").http().body()).contains("will be deleted on");
  }

  @Test
  void twoWhoAgreeAtOnceAreOneAndKeepingIsEitherBeforeOrAfter() throws Exception {
    for (int round = 0; round < 3; round++) {
      TenantId tenant = SERVER.newTenant().tenant();
      Browser boss = in(owner, tenant, Role.OWNER);
      SignedIn partner = SignedIn.somebody(SERVER);
      Browser other = in(partner, tenant, Role.OWNER);
      settle(tenant, partner);
      schedule(boss, tenant);
      boss.token();
      other.token();
      List<Integer> answers =
          SessionsTest.atOnce(
              3,
              n ->
                  n == 0
                      ? boss.write("DELETE", "/v1/tenant/deletion", null).status() + 1000
                      : agree(other, tenant).status());
      assertThat(answers).contains(1200);
      assertThat(answers.stream().filter(status -> status == 200).count()).isLessThanOrEqualTo(1);
      assertThat(answers).isSubsetOf(200, 404, 409, 1200);
      assertThat(boss.get("/v1/tenant/deletion").status()).isEqualTo(404);
    }
  }

  /** Whoever has the role of the application, and no second owner. */
  @Test
  void theTableHoldsItByItself() {
    TenantId tenant = SERVER.newTenant().tenant();
    in(owner, tenant, Role.OWNER);
    SignedIn partner = SignedIn.somebody(SERVER);
    in(partner, tenant, Role.OWNER);
    settle(tenant, owner);
    String insert =
        """
        insert into identity.closing (tenant_id, requested_by, requested_at, due_at)
        values ('%s', '%s', now(), %s)
        """;
    String asker = owner.opened.person().toString();
    assertRefused(tenant, insert.formatted(tenant, asker, "now() + interval '30 days'"));
    change(tenant, insert.formatted(tenant, asker, "null"));

    String agree =
        "update identity.closing set agreed_by = %s, agreed_at = now(), due_at = now() + interval '%s'";
    String other = "'" + partner.opened.person() + "'";
    assertRefused(tenant, agree.formatted("'" + asker + "'", "7 days"));
    assertRefused(tenant, agree.formatted(other, "7 days"));
    assertRefused(tenant, agree.formatted("'" + UUID.randomUUID() + "'", "7 days"));
    assertRefused(tenant, "update identity.closing set due_at = now() + interval '7 days'");
    settle(tenant, partner);
    assertRefused(tenant, agree.formatted(other, "1 minute"));
    change(tenant, agree.formatted(other, "7 days"));
    assertRefused(tenant, "update identity.closing set due_at = now() - interval '1 day'");
  }

  private static void assertRefused(TenantId tenant, String sql) {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> change(tenant, sql))
        .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);
  }

  private static void change(TenantId tenant, String sql) {
    Scopes.call(
        new Scope.OfTenant(tenant, new Placement.Shared()),
        () -> SERVER.transactions().execute(status -> SERVER.app().sql(sql).update()));
  }

  private static void assertConflict(Answer answer, String why) {
    assertThat(answer.status()).as(why).isEqualTo(409);
    assertThat(answer.text("code")).isEqualTo("conflict");
  }

  private static Answer agree(Browser by, TenantId tenant) {
    return by.post("/v1/tenant/deletion/agree", Map.of("slug", slug(tenant)));
  }

  /** As if they had been an owner for long. */
  private static void settle(TenantId tenant, SignedIn who) {
    SERVER
        .superuser()
        .sql(
            """
            update identity.membership set changed_at = now() - interval '30 days'
             where tenant_id = :tenant and person_id = :person
            """)
        .param("tenant", tenant.value())
        .param("person", who.opened.person().value())
        .update();
  }

  /** As if the delay, and then the time to settle, had passed. */
  private static void pass(TenantId tenant) {
    SERVER
        .superuser()
        .sql(
            """
            update identity.closing set due_at = now() - interval '10 minutes',
                   begun_at = begun_at - interval '10 minutes'
             where tenant_id = :tenant
            """)
        .param("tenant", tenant.value())
        .update();
  }

  private static String state(TenantId tenant) {
    return SERVER
        .superuser()
        .sql("select state from tenancy.tenant where tenant_id = :tenant")
        .param("tenant", tenant.value())
        .query(String.class)
        .single();
  }

  /** Fills it with some of everything. */
  private Browser lived(TenantId tenant) {
    Browser boss = in(owner, tenant, Role.OWNER);
    in(SignedIn.somebody(SERVER), tenant, Role.MEMBER);
    boss.write(
        "POST", "/v1/groups", Map.of("name", "Some"), "Idempotency-Key", "\"g" + tenant + "\"");
    String group = boss.get("/v1/groups").body().path("items").get(0).path("id").asString();
    boss.write("PUT", "/v1/groups/" + group + "/members/" + owner.opened.person(), null);
    boss.post("/v1/projects", Map.of("name", "Some"));
    boss.post("/v1/invites", Map.of("email", "ann@example.org", "role", "member"));
    PlantedProvider.plant(SERVER.superuser(), tenant, new ProviderId(UUID.randomUUID()));
    token(boss, "/v1/tokens", Map.of());
    token(boss, "/v1/service-tokens", Map.of("role", "auditor"));
    assertThat(boss.get("/v1/members/history").status()).isEqualTo(200);
    return boss;
  }

  private static void token(Browser boss, String path, Map<String, String> more) {
    Map<String, Object> wanted = new HashMap<>(more);
    wanted.putAll(Map.of("label", "Some", "scopes", List.of("tenant:read"), "expires_in_days", 30));
    assertThat(boss.post(path, wanted).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource
  void whenItIsDueNothingIsLeftButALogThatVerifies(WantedPlacement placement) throws Exception {
    TenantId tenant = SERVER.newTenant(placement).tenant();
    Browser boss = lived(tenant);
    assertThat(rows(tenant)).as("what there is to delete").hasSizeGreaterThan(8);
    long records = records(tenant);
    schedule(boss, tenant);
    pass(tenant);
    assertThat(SERVER.bean(Erasures.class).workOff()).isZero();
    assertThat(state(tenant)).isEqualTo("deleting");
    Soon.holds(() -> boss.get("/v1/tenant").status() != 200);
    assertThat(boss.get("/v1/tenant").text("code")).isIn("tenant_closed", "workspace_required");
    assertThat(rows(tenant)).as("nothing is deleted before all have noticed").isNotEmpty();

    pass(tenant);
    // Either here, or by the keeper of one of the two servers.
    untilDeleted(tenant);
    assertThat(rows(tenant)).isEmpty();
    assertThat(keysLeft(tenant)).isEmpty();
    assertThat(records(tenant)).isGreaterThan(records);
    assertThat(boss.get("/v1/workspaces").http().body()).doesNotContain(tenant.toString());
    assertThat(SERVER.bean(SelfCheck.class).round()).isEmpty();
    assertThat(boss.post("/v1/tenants", Map.of("slug", slug(tenant), "name", "Again")).text("code"))
        .as("its name is nobody's for good")
        .isEqualTo("name_taken");
  }

  /** Every listed table that has a row of the tenant and does not keep it. */
  private static List<String> rows(TenantId tenant) {
    List<String> found = new ArrayList<>();
    String own = "tenant_" + Scope.hex(tenant.value());
    for (TableList.ListedTable table : TableList.ofCofferdam().tables()) {
      if (table.kind() == TableKind.TENANT && !table.kept()) {
        count(found, table.name(), tenant);
        if (table.placed() && exists(own)) {
          count(found, own + table.name().substring(table.name().indexOf('.')), tenant);
        }
      }
    }
    if (SERVER
            .superuser()
            .sql("select count(*) from edge.outcome where scope = :scope")
            .param("scope", "t_" + Scope.hex(tenant.value()))
            .query(Integer.class)
            .single()
        > 0) {
      found.add("edge.outcome");
    }
    return found;
  }

  private static boolean exists(String schema) {
    return SERVER
        .superuser()
        .sql("select to_regnamespace(:schema) is not null")
        .param("schema", schema)
        .query(Boolean.class)
        .single();
  }

  private static void count(List<String> found, String table, TenantId tenant) {
    if (SERVER
            .superuser()
            .sql("select count(*) from " + table + " where tenant_id = :tenant")
            .param("tenant", tenant.value())
            .query(Integer.class)
            .single()
        > 0) {
      found.add(table);
    }
  }

  private static long records(TenantId tenant) {
    return SERVER
        .superuser()
        .sql("select count(*) from audit.leaf where tenant_id = :tenant")
        .param("tenant", tenant.value())
        .query(Long.class)
        .single();
  }

  private static List<String> keysLeft(TenantId tenant) {
    String own = "tenant_" + Scope.hex(tenant.value());
    return SERVER
        .superuser()
        .sql(
            "select distinct purpose from %s.tenant_key where tenant_id = :tenant and key_wrapped is not null"
                .formatted(exists(own) ? own : "keyring"))
        .param("tenant", tenant.value())
        .query(String.class)
        .list();
  }

  @Test
  void whatWasInterruptedIsGoneOnWithByWhicheverServerComes() throws Exception {
    TenantId tenant = SERVER.newTenant().tenant();
    schedule(lived(tenant), tenant);
    pass(tenant);
    SERVER.bean(Erasures.class).workOff();
    // A server died with some rows deleted and keys in place; then many come at once.
    SERVER.bean(TenantData.class).erase(tenant);
    pass(tenant);
    List<Integer> ended =
        SessionsTest.atOnce(8, n -> (n % 2 == 0 ? SERVER : OTHER).bean(Erasures.class).workOff());
    assertThat(ended.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(1);
    untilDeleted(tenant);
    assertThat(rows(tenant)).isEmpty();
    assertThat(SERVER.bean(Erasures.class).workOff()).isZero();
  }

  private static void untilDeleted(TenantId tenant) {
    long began = System.nanoTime();
    while (!state(tenant).equals("deleted")) {
      SERVER.bean(Erasures.class).workOff();
      assertThat(System.nanoTime() - began).isLessThan(20_000_000_000L);
    }
  }

  @Test
  void calledOffAtTheLastMomentItIsEitherKeptOrGone() throws Exception {
    for (int round = 0; round < 5; round++) {
      TenantId tenant = SERVER.newTenant().tenant();
      Browser boss = in(owner, tenant, Role.OWNER);
      schedule(boss, tenant);
      boss.token();
      pass(tenant);
      List<Integer> answers =
          SessionsTest.atOnce(
              6,
              n -> {
                if (n % 2 == 0) {
                  SERVER.bean(Erasures.class).workOff();
                  return 0;
                }
                return boss.write("DELETE", "/v1/tenant/deletion", null).status();
              });
      boolean kept = answers.contains(200);
      assertThat(state(tenant)).isEqualTo(kept ? "active" : "deleting");
      assertThat(
              SERVER
                  .superuser()
                  .sql("select count(*) from identity.closing where tenant_id = :tenant")
                  .param("tenant", tenant.value())
                  .query(Integer.class)
                  .single())
          .isEqualTo(kept ? 0 : 1);
    }
  }

  @Test
  void nothingIsErasedOfATenantThatIsNotBeingDeleted() {
    TenantId tenant = SERVER.newTenant().tenant();
    in(owner, tenant, Role.OWNER);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> SERVER.bean(TenantData.class).erase(tenant))
        .hasMessageContaining("is not being deleted");
    assertThat(rows(tenant)).contains("identity.membership");
    assertThat(SERVER.bean(TenantGate.class).enter(tenant)).isInstanceOf(TenantEntry.Entered.class);
  }
}
