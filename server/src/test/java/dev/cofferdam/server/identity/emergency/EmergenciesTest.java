package dev.cofferdam.server.identity.emergency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.Letters;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Break-glass, over HTTP and the development IdP. */
class EmergenciesTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();
  @RegisterExtension static final RunningServer OTHER = RunningServer.besides(SERVER);

  private static final String REASON = "Their export fails and support was asked.";
  private static final String PLATFORM = "00000000-0000-0000-0000-000000000000";

  private final WholeBrowser ken = operator();
  private final Browser owner = Browser.ofSomebody(SERVER);
  private String tenant = "";
  private String project = "";

  @BeforeEach
  void found() {
    tenant = owner.inOwnTenant("e" + UUID.randomUUID().toString().replace("-", ""));
    project = owner.post("/v1/projects", Map.of("name", "Locks")).text("id");
    assertThat(project).isNotEmpty();
  }

  private static WholeBrowser operator() {
    WholeBrowser browser = new WholeBrowser(SERVER);
    browser.follow(browser.get("/operator/sign-in"), "ken", "mfa");
    return browser;
  }

  private static String code(Answer answer) {
    return answer.status() < 300 ? "ok" : answer.text("code");
  }

  private String path() {
    return "/v1/operator/tenants/" + tenant + "/emergency";
  }

  private Answer open() {
    Answer opened = ken.send("POST", path(), Map.of("reason", REASON));
    assertThat(opened.status()).as(opened.http().body()).isEqualTo(201);
    return opened;
  }

  /** Of one action, by the operator, with this in it. */
  private long records(String log, String action, String with) {
    return SERVER
        .superuser()
        .sql(
            """
            select count(*)
              from (select tenant_id, record from audit.leaf
                    union all select '00000000-0000-0000-0000-000000000000', record from audit.platform_leaf) l
             where tenant_id = :log::uuid and convert_from(record, 'UTF8') like :action
               and convert_from(record, 'UTF8') like '%operator%' and convert_from(record, 'UTF8') like :with
            """)
        .param("log", log)
        .param("action", "%" + action + "%")
        .param("with", "%" + with + "%")
        .query(Long.class)
        .single();
  }

  @Test
  void anOperatorReadsWhatIsListedAndEachAnswerIsARecord() {
    String before = ken.session();
    Answer opened = open();
    assertThat(opened.text("reason")).isEqualTo(REASON);
    assertThat(opened.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(ken.session()).isNotEqualTo(before);
    assertThat(records(tenant, "emergency.opened", REASON)).isOne();
    assertThat(records(PLATFORM, "emergency.opened", tenant)).isOne();

    Answer me = ken.get("/v1/me");
    assertThat(me.text("visiting")).isEqualTo(tenant);
    assertThat(me.body().path("operator").asBoolean()).isFalse();
    for (String read :
        List.of(
            "/v1/tenant",
            "/v1/members",
            "/v1/members/history",
            "/v1/groups",
            "/v1/projects",
            "/v1/projects/" + project,
            "/v1/projects/" + project + "/grants",
            "/v1/audit/records")) {
      Answer seen = ken.get(read);
      assertThat(code(seen)).as(read).isEqualTo("ok");
      assertThat(seen.header("Cofferdam-Receipt")).as(read).isNotEmpty();
    }
    assertThat(ken.get("/v1/projects").http().body()).contains(project);
    assertThat(records(tenant, "project.list", "done")).isEqualTo(2);
    assertThat(records(tenant, "project.view", project)).isOne();
  }

  @Test
  void howPeopleAreCalledIsNotShown() {
    String email = owner.get("/v1/me").text("email");
    assertThat(owner.get("/v1/members").http().body()).contains(email);
    open();
    Answer members = ken.get("/v1/members");
    assertThat(members.body().path("items").get(0).propertyNames())
        .containsExactlyInAnyOrder("person_id", "role", "version", "joined_at", "changed_at");
    assertThat(members.http().body()).doesNotContain(email);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/invites",
    "GET, /v1/audit/records.jsonl",
    "GET, /v1/audit/log.tar",
    "GET, /v1/tenant/emergencies",
    "GET, /v1/operator/tenants",
    "POST, /v1/groups",
    "POST, /v1/projects",
    "PATCH, /v1/tenant",
    "DELETE, /v1/membership",
    "PUT, /v1/session/workspace"
  })
  void nothingElseIsReadAndNothingChanged(String method, String path) {
    open();
    Answer refused =
        method.equals("GET")
            ? ken.get(path)
            : ken.send(
                method,
                path,
                path.endsWith("workspace")
                    ? Map.of("tenant_id", tenant)
                    : path.endsWith("membership") ? Map.of() : Map.of("name", "Other"));
    assertThat(code(refused)).isEqualTo("forbidden");
    assertThat(records(tenant, "denied", "forbidden")).isPositive();
  }

  @Test
  void withoutAReasonANewSignInOrAnOperatorNobodyReads() {
    for (String reason : List.of("", "no", " padded", "two\nlines", "x".repeat(301))) {
      assertThat(ken.send("POST", path(), Map.of("reason", reason)).text("field"))
          .isEqualTo("reason");
    }
    assertThat(ken.send("POST", path(), Map.of()).text("field")).isEqualTo("reason");
    assertThat(code(owner.post(path(), Map.of("reason", REASON)))).isEqualTo("forbidden");
    String unknown = "/v1/operator/tenants/" + UUID.randomUUID() + "/emergency";
    assertThat(code(ken.send("POST", unknown, Map.of("reason", REASON)))).isEqualTo("not_found");
    sixMinutesAgo();
    Soon.holds(
        () ->
            code(ken.send("POST", path(), Map.of("reason", REASON)))
                .equals("insufficient_user_authentication"));
    assertThat(owner.get("/v1/tenant/emergencies").body().path("items")).isEmpty();
  }

  private void sixMinutesAgo() {
    SERVER
        .superuser()
        .sql(
            """
            update identity.session set auth_time = auth_time - interval '6 minutes', handle_hash = handle_hash
             where operator and person_id = :person::uuid
            """)
        .param("person", ken.get("/v1/me").text("person_id"))
        .update();
  }

  @Test
  void anOperatorHasOneAtATimeInATenantAndEndsItBySigningOut() {
    open();
    WholeBrowser again = operator();
    assertThat(code(again.send("POST", path(), Map.of("reason", REASON)))).isEqualTo("conflict");
    assertThat(code(ken.send("DELETE", "/v1/session", Map.of()))).isEqualTo("ok");
    assertThat(records(tenant, "emergency.ended", "emergency")).isOne();
    assertThat(records(PLATFORM, "emergency.ended", tenant)).isOne();
    Answer listed = owner.get("/v1/tenant/emergencies");
    assertThat(listed.body().path("items").get(0).path("ended_at").asString()).isNotEmpty();
    assertThat(again.send("POST", path(), Map.of("reason", REASON)).status()).isEqualTo(201);
    assertThat(owner.get("/v1/tenant/emergencies").body().path("items")).hasSize(2);
    assertThat(code(again.send("DELETE", "/v1/sessions", Map.of()))).isEqualTo("ok");
    assertThat(records(tenant, "emergency.ended", "emergency")).isEqualTo(2);
  }

  @Test
  void anOwnerEndsItWithinASecondOnEveryServerAndNobodyElseOfTheTenant() {
    String id = open().text("id");
    WholeBrowser there = new WholeBrowser(OTHER);
    there.session(ken.session());
    assertThat(there.get("/v1/tenant").status()).isEqualTo(200);
    assertThat(ken.get("/v1/tenant").status()).isEqualTo(200);
    String end = "/v1/tenant/emergencies/" + id;
    for (Role role : List.of(Role.ADMIN, Role.AUDITOR, Role.MEMBER)) {
      Browser other = Browser.ofMember(SERVER, tenant, role);
      assertThat(code(other.write("DELETE", end, null))).isEqualTo("forbidden");
      assertThat(other.get("/v1/tenant/emergencies").http().body()).contains(id);
    }
    Browser stranger = Browser.ofSomebody(SERVER);
    stranger.inOwnTenant("s" + UUID.randomUUID().toString().replace("-", ""));
    assertThat(code(stranger.write("DELETE", end, null))).isEqualTo("not_found");

    assertThat(code(owner.write("DELETE", end, null))).isEqualTo("ok");
    Soon.holds(() -> code(there.get("/v1/tenant")).equals("unauthenticated"));
    Soon.holds(() -> code(ken.get("/v1/tenant")).equals("unauthenticated"));
    assertThat(code(owner.write("DELETE", end, null))).isEqualTo("not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity.session", "identity.emergency"})
  void itIsOverWhenItsTimeIsByTheSessionAsByTheEmergency(String whose) {
    open();
    assertThat(ken.get("/v1/tenant").status()).isEqualTo(200);
    String change =
        whose.equals("identity.session")
            ? "update identity.session set expires_at = now(), handle_hash = handle_hash where emergency_tenant = :tenant::uuid"
            : """
              update identity.emergency set opened_at = opened_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
               where tenant_id = :tenant::uuid
              """;
    SERVER.superuser().sql(change).param("tenant", tenant).update();
    Soon.holds(() -> code(ken.get("/v1/tenant")).equals("unauthenticated"));
  }

  @Test
  void aSessionOfAnEmergencyGainsNothingBySigningInAgain() {
    open();
    String before = ken.session();
    Answer back =
        ken.follow(
            ken.get("/step-up?acr_values=multi_factor&max_age=300&return_to=/home"), "ken", "mfa");
    assertThat(code(back)).isEqualTo("workspace_changed");
    assertThat(ken.session()).isEqualTo(before);
    assertThat(ken.get("/v1/me").text("visiting")).isEqualTo(tenant);
  }

  @Test
  void nobodyEntersASuspendedTenantNorStaysInIt() {
    open();
    WholeBrowser again = operator();
    assertThat(
            code(
                again.send(
                    "POST",
                    "/v1/operator/tenants/" + tenant + "/suspend",
                    Map.of("reason", REASON))))
        .isEqualTo("ok");
    Soon.holds(() -> code(ken.get("/v1/tenant")).equals("tenant_closed"));
    Soon.holds(
        () -> code(again.send("POST", path(), Map.of("reason", REASON))).equals("tenant_closed"));
  }

  @Test
  void noRowMakesMoreOfIt() {
    open();
    for (String change :
        List.of(
            "update identity.session set tenant_id = emergency_tenant where emergency_tenant = :tenant::uuid",
            "update identity.session set operator = false where emergency_tenant = :tenant::uuid",
            "update identity.emergency set reason = '   ' where tenant_id = :tenant::uuid",
            "update identity.emergency set expires_at = expires_at + interval '1 hour' where tenant_id = :tenant::uuid")) {
      assertThatThrownBy(() -> SERVER.superuser().sql(change).param("tenant", tenant).update())
          .as(change)
          .hasMessageContaining("violates check constraint");
    }
    assertThat(code(ken.send("DELETE", "/v1/session", Map.of()))).isEqualTo("ok");
    assertThatThrownBy(
            () ->
                SERVER
                    .superuser()
                    .sql(
                        "update identity.emergency set ended_at = null where tenant_id = :tenant::uuid")
                    .param("tenant", tenant)
                    .update())
        .hasMessageContaining("stays as it is");
  }

  @Test
  void theTenantsOwnersAreToldByLetterAndOnTheirPage() {
    String reason = "Asked by support: " + tenant;
    assertThat(ken.send("POST", path(), Map.of("reason", reason)).status()).isEqualTo(201);
    String address = owner.get("/v1/me").text("email");
    SERVER.bean(EmergencyLetters.class).send();
    // Another round of the server's own may have taken it.
    Soon.holds(() -> Letters.to(address).stream().anyMatch(letter -> letter.contains(reason)));
    assertThat(Letters.to(address).stream().filter(letter -> letter.contains(reason)))
        .singleElement()
        .asString()
        .contains("broken the glass");
    assertThat(owner.get("/home").http().body()).contains(reason, "/emergencies/end");
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    assertThat(member.get("/home").http().body())
        .contains(reason)
        .doesNotContain("/emergencies/end");
  }

  @Test
  void theSameInPages() {
    String page = "/operator/tenants/" + tenant;
    assertThat(ken.page(page).http().body()).contains(page + "/emergency");
    assertThat(ken.page(page + "/emergency").http().body())
        .contains("Break the glass", "name=\"reason\"");
    assertThat(ken.form(page + "/emergency", Map.of("reason", "<i")).status()).isEqualTo(422);
    Answer done = ken.form(page + "/emergency", Map.of("reason", REASON));
    assertThat(done.status()).as(done.http().body()).isEqualTo(303);
    assertThat(WholeBrowser.location(done)).hasToString("/home");
    assertThat(ken.page("/home").http().body())
        .contains(REASON, "href=\"/audit\"")
        .doesNotContain("/workspaces", "/members\"", "/emergencies/end", "<script", "style=\"");
    assertThat(ken.page("/audit").http().body()).contains("emergency.opened");
    assertThat(ken.page("/members").status()).isEqualTo(403);
    String id =
        owner.get("/v1/tenant/emergencies").body().path("items").get(0).path("id").asString();
    assertThat(owner.form("/emergencies/end", owner.token(), Map.of("emergency", id)).status())
        .isEqualTo(303);
    assertThat(owner.get("/home").http().body()).doesNotContain(REASON);
    Soon.holds(() -> ken.page("/home").status() == 401);
  }
}
