package dev.cofferdam.server.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators of the platform, over HTTP and the development IdP. */
class OperatorsTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();
  @RegisterExtension static final RunningServer OTHER = RunningServer.besides(SERVER);

  private static final String REASON = "Payment is overdue since May.";

  private final WholeBrowser ken = operator("ken", "mfa");
  private final Browser owner = Browser.ofSomebody(SERVER);
  private String slug = "";
  private String tenant = "";

  @BeforeEach
  void found() {
    slug = "t" + UUID.randomUUID().toString().replace("-", "");
    tenant = owner.inOwnTenant(slug);
  }

  private static WholeBrowser operator(String person, String acr) {
    WholeBrowser browser = new WholeBrowser(SERVER);
    browser.follow(browser.get("/operator/sign-in"), person, acr);
    return browser;
  }

  @Test
  void anOperatorIsToldHowTheServerStandsToItsSignOff() {
    Answer standing = ken.get("/v1/operator/standing");

    assertThat(standing.status()).isEqualTo(200);
    assertThat(standing.text("state")).isEqualTo("unsigned");
    assertThat(standing.body().path("configuration").path("digest").asString()).hasSize(64);
    assertThat(ken.page("/operator").http().body()).contains("No sign-off is named");
    assertThat(code(owner.get("/v1/operator/standing"))).isEqualTo("forbidden");
  }

  private static String code(Answer answer) {
    return answer.status() < 300 ? "ok" : answer.text("code");
  }

  private String path(String act) {
    return "/v1/operator/tenants/" + tenant + act;
  }

  private Answer act(String act) {
    return ken.send("POST", path(act), Map.of("reason", REASON));
  }

  @Test
  void anOperatorSeesWhatIsListedOfATenantAndNothingElse() {
    Answer seen = ken.get(path(""));
    assertThat(code(seen)).isEqualTo("ok");
    assertThat(seen.http().headers().firstValue("Cofferdam-Receipt")).isPresent();
    assertThat(seen.body().propertyNames())
        .containsExactlyInAnyOrder(
            "tenant_id", "slug", "name", "state", "placement", "created_at", "changed_at");
    assertThat(seen.text("slug")).isEqualTo(slug);
    assertThat(seen.text("placement")).isEqualTo("shared");
    Answer named = ken.get("/v1/operator/tenants?slug=" + slug);
    assertThat(named.body().path("items").get(0)).isEqualTo(seen.body());
    assertThat(ken.get("/v1/operator/tenants?state=deleted&slug=" + slug).body().path("items"))
        .isEmpty();
  }

  @Test
  void theListIsReadInPages() {
    Answer first = ken.get("/v1/operator/tenants?limit=1");
    String next = first.text("next");
    Answer second = ken.get("/v1/operator/tenants?limit=1&cursor=" + next);
    assertThat(second.body().path("items").get(0).path("tenant_id").asString())
        .isNotEqualTo(first.body().path("items").get(0).path("tenant_id").asString());
    assertThat(code(ken.get("/v1/operator/tenants?state=active&limit=1&cursor=" + next)))
        .isEqualTo("invalid_cursor");
  }

  @Test
  void aSuspensionBitesOnEveryServerWithinASecondAndIsSaidToTheTenant() {
    WholeBrowser there = new WholeBrowser(OTHER);
    there.session(owner.cookie());
    assertThat(there.get("/v1/tenant").status()).isEqualTo(200);
    assertThat(owner.get("/v1/tenant").status()).isEqualTo(200);

    Answer done = act("/suspend");
    assertThat(code(done)).as(done.http().body()).isEqualTo("ok");
    assertThat(done.text("state")).isEqualTo("suspended");
    assertThat(done.http().headers().firstValue("Cofferdam-Receipt")).isPresent();
    Soon.holds(() -> code(there.get("/v1/tenant")).equals("tenant_closed"));
    Soon.holds(() -> code(owner.get("/v1/tenant")).equals("tenant_closed"));
    assertThat(records(tenant, "tenant.suspended")).isOne();
    assertThat(records("00000000-0000-0000-0000-000000000000", "tenant.suspended")).isOne();

    assertThat(code(act("/suspend"))).isEqualTo("conflict");
    assertThat(act("/resume").text("state")).isEqualTo("active");
    Soon.holds(() -> there.get("/v1/tenant").status() == 200);
    assertThat(code(act("/resume"))).isEqualTo("conflict");
    assertThat(records(tenant, "tenant.resumed")).isOne();
  }

  @Test
  void aSignOffIsRecordedByItsDigestAloneAndTheOperatorHasTheReceipt() {
    String digest = "0123456789abcdef".repeat(4);
    Answer done = ken.send("POST", "/v1/operator/sign-offs", Map.of("digest", digest));

    assertThat(code(done)).as(done.http().body()).isEqualTo("ok");
    String id = done.http().headers().firstValue("Cofferdam-Record-Id").orElseThrow();
    Answer receipt = ken.get("/v1/receipts/" + id);
    assertThat(receipt.text("log")).isEqualTo("platform");
    AuditRecord record = AuditRecord.decode(receipt.text("record").getBytes(UTF_8));
    assertThat(record.action()).isEqualTo("sign_off.record");
    assertThat(record.outcome()).isEqualTo(Outcome.DONE);
    assertThat(record.actor().id()).isEqualTo(ken.get("/v1/me").text("person_id"));
    assertThat(record.details()).isEqualTo(Map.of("digest", digest));

    for (String other : List.of("", digest.substring(1), digest.toUpperCase(Locale.ROOT))) {
      assertThat(code(ken.send("POST", "/v1/operator/sign-offs", Map.of("digest", other))))
          .isEqualTo("invalid_field");
    }
    WholeBrowser person = new WholeBrowser(SERVER);
    person.session(owner.cookie());
    assertThat(code(person.send("POST", "/v1/operator/sign-offs", Map.of("digest", digest))))
        .isEqualTo("forbidden");
  }

  /** With the operator as its actor, this tenant as its object, and the reason. */
  private long records(String log, String action) {
    return SERVER
        .superuser()
        .sql(
            """
            select count(*)
              from (select tenant_id, record from audit.leaf
                    union all select '00000000-0000-0000-0000-000000000000', record from audit.platform_leaf) l
             where tenant_id = :log::uuid and convert_from(record, 'UTF8') like :action
               and convert_from(record, 'UTF8') like :operator
               and convert_from(record, 'UTF8') like :tenant
               and convert_from(record, 'UTF8') like :reason
            """)
        .param("log", log)
        .param("action", "%" + action + "%")
        .param("operator", "%" + ken.get("/v1/me").text("person_id") + "%operator%")
        .param("tenant", "%" + tenant + "%")
        .param("reason", "%" + REASON + "%")
        .query(Long.class)
        .single();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/tenant, workspace_required",
    "GET, /v1/members, workspace_required",
    "GET, /v1/projects, workspace_required",
    "GET, /v1/audit/records, workspace_required",
    "GET, /v1/workspaces, forbidden",
    "POST, /v1/tenants, forbidden",
    "PUT, /v1/session/workspace, forbidden"
  })
  void anOperatorReachesNoTenant(String method, String path, String code) {
    Answer refused =
        method.equals("GET")
            ? ken.get(path)
            : ken.send(
                method,
                path,
                path.equals("/v1/tenants")
                    ? Map.of("slug", "other-" + slug.substring(0, 8), "name", "Other")
                    : Map.of("tenant_id", tenant));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(code(refused)).isEqualTo(code);
  }

  @Test
  void noSessionOfAnOperatorCanStandInATenant() {
    assertThatThrownBy(
            () ->
                SERVER
                    .superuser()
                    .sql(
                        """
                        update identity.session set tenant_id = :tenant::uuid
                         where operator and person_id = :person::uuid
                        """)
                    .param("tenant", tenant)
                    .param("person", ken.get("/v1/me").text("person_id"))
                    .update())
        .hasMessageContaining("violates check constraint");
  }

  @Test
  void aTenantsPersonIsNoOperatorAndTheDenialIsRecorded() {
    for (String path : new String[] {"/v1/operator/tenants", path("")}) {
      assertThat(owner.get(path).status()).isEqualTo(403);
      assertThat(code(owner.get(path))).isEqualTo("forbidden");
    }
    assertThat(
            SERVER
                .superuser()
                .sql(
                    """
                    select count(*) from audit.leaf
                     where tenant_id = :tenant::uuid
                       and convert_from(record, 'UTF8') like '%tenant.list%denied%'
                    """)
                .param("tenant", tenant)
                .query(Long.class)
                .single())
        .isPositive();
    assertThat(code(new WholeBrowser(SERVER).get(path("")))).isEqualTo("unauthenticated");
  }

  @Test
  void whoSignsInAsAPersonIsNoneAlsoWhenTheProviderNamesThemOne() {
    WholeBrowser person = WholeBrowser.of(SERVER, "ken", "mfa");
    assertThat(person.get("/v1/me").body().path("operator").asBoolean()).isFalse();
    assertThat(code(person.get("/v1/operator/tenants"))).isEqualTo("forbidden");
    assertThat(ken.get("/v1/me").body().path("operator").asBoolean()).isTrue();
  }

  @Test
  void whomTheProviderDoesNotNameAndWhoIsTooWeakGetsNoSession() {
    WholeBrowser ada = new WholeBrowser(SERVER);
    Answer back = ada.follow(ada.get("/operator/sign-in"), "ada", "mfa");
    assertThat(code(back)).isEqualTo("forbidden");
    assertThat(ada.session()).isEmpty();
    WholeBrowser weak = new WholeBrowser(SERVER);
    assertThat(code(weak.follow(weak.get("/operator/sign-in"), "ken", "pwd")))
        .isEqualTo("sign_in_not_as_asked");
    assertThat(weak.session()).isEmpty();
  }

  @Test
  void anActNeedsANewSignInAndALookDoesNot() {
    SERVER
        .superuser()
        .sql(
            """
            update identity.session set auth_time = auth_time - interval '6 minutes', handle_hash = handle_hash
             where operator and person_id = :person::uuid
            """)
        .param("person", ken.get("/v1/me").text("person_id"))
        .update();
    String nobodys = "/v1/operator/tenants/" + UUID.randomUUID() + "/suspend";
    Soon.holds(
        () ->
            code(ken.send("POST", nobodys, Map.of("reason", REASON)))
                .equals("insufficient_user_authentication"));
    assertThat(code(act("/suspend"))).isEqualTo("insufficient_user_authentication");
    assertThat(code(ken.get(path("")))).isEqualTo("ok");
    ken.follow(
        ken.get("/step-up?acr_values=multi_factor&max_age=300&return_to=/operator"), "ken", "mfa");
    assertThat(code(act("/suspend"))).isEqualTo("ok");
  }

  @Test
  void aReasonIsOneLineAndAStateIsAKnownOne() {
    for (String reason : new String[] {"", "no", " padded", "two\nlines", "x".repeat(301)}) {
      Answer refused = ken.send("POST", path("/suspend"), Map.of("reason", reason));
      assertThat(refused.text("field")).as(reason).isEqualTo("reason");
    }
    assertThat(ken.get("/v1/operator/tenants?state=king").text("field")).isEqualTo("state");
    String unknown = "/v1/operator/tenants/" + UUID.randomUUID();
    assertThat(code(ken.get(unknown))).isEqualTo("not_found");
    assertThat(code(ken.send("POST", unknown + "/suspend", Map.of("reason", REASON))))
        .isEqualTo("not_found");
    assertThat(owner.get("/v1/tenant").status()).isEqualTo(200);
  }

  @Test
  void theSameInPages() {
    assertThat(new WholeBrowser(SERVER).page("/operator").http().body())
        .contains("/operator/sign-in?return_to=%2Foperator");
    assertThat(WholeBrowser.location(ken.get("/"))).hasToString("/operator");
    assertThat(ken.page("/operator?slug=" + slug).http().body())
        .contains("/operator/tenants/" + tenant, "aria-current=\"page\"")
        .doesNotContain("/workspaces\"", "<script", "style=\"");
    String page = "/operator/tenants/" + tenant;
    assertThat(ken.page(page).http().body()).contains(page + "/suspend").doesNotContain("/resume");
    assertThat(ken.page(page + "/suspend").http().body()).contains("name=\"reason\"");
    Answer wrong = ken.form(page + "/suspend", Map.of("reason", "<i"));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.http().body()).contains("role=\"alert\"").doesNotContain("value=\"<i");
    Answer done = ken.form(page + "/suspend", Map.of("reason", REASON));
    assertThat(done.status()).as(done.http().body()).isEqualTo(303);
    assertThat(ken.page(page).http().body()).contains(page + "/resume", ">suspended<");
    assertThat(ken.form(page + "/suspend", Map.of("reason", REASON)).status()).isEqualTo(409);
    assertThat(ken.page("/sessions").status()).isEqualTo(200);
    assertThat(ken.form("/sessions/end-all", Map.of()).status()).isEqualTo(303);
  }
}
