package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Persons, workspaces and tenants as a client of the API meets them. */
class IdentityOverHttpTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final SignedIn ann = SignedIn.somebody(SERVER);
  private final Browser browser = new Browser(SERVER, ann.handle);

  private static String slug() {
    return "t" + UUID.randomUUID().toString().replace("-", "");
  }

  @Test
  void whoIsSignedInReadsWhoTheyAre() {
    Answer me = browser.get("/v1/me");
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.text("person_id")).isEqualTo(ann.opened.person().toString());
    assertThat(me.text("name")).isEqualTo("Some One");
    assertThat(me.text("acr")).isEqualTo("multi_factor");
    assertThat(me.body().has("workspace")).isFalse();
    assertThat(me.http().headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void nobodyAndAForgedCookieAreRefusedInTheSameWords() {
    browser.cookie("A".repeat(86));
    Answer forged = browser.get("/v1/me");
    assertThat(forged.status()).isEqualTo(401);
    assertThat(forged.text("code")).isEqualTo("unauthenticated");
    browser.cookie("");
    assertThat(withoutId(browser.get("/v1/me"))).isEqualTo(withoutId(forged));
  }

  @Test
  void foundsATenantEntersItAndRenamesIt() {
    String slug = slug();
    Answer made = browser.post("/v1/tenants", Map.of("slug", slug, "name", "Acme Universität"));
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    assertThat(made.text("state")).isEqualTo("active");
    String tenant = made.text("tenant_id");

    Answer listed = browser.get("/v1/workspaces");
    assertThat(listed.body().path("items").get(0).path("tenant_id").asString()).isEqualTo(tenant);
    assertThat(listed.body().path("items").get(0).path("role").asString()).isEqualTo("owner");

    assertThat(browser.get("/v1/tenant").text("code")).isEqualTo("workspace_required");
    String before = browser.cookie();
    assertThat(browser.enter(tenant).status()).isEqualTo(200);
    assertThat(browser.cookie()).isNotEqualTo(before);

    Answer read = browser.get("/v1/tenant");
    assertThat(read.text("name")).isEqualTo("Acme Universität");
    String tag = read.http().headers().firstValue("ETag").orElseThrow();
    Answer renamed = browser.write("PATCH", "/v1/tenant", Map.of("name", "Acme"), "If-Match", tag);
    assertThat(renamed.status()).as(renamed.http().body()).isEqualTo(200);
    assertThat(renamed.text("name")).isEqualTo("Acme");
    assertThat(
            browser.write("PATCH", "/v1/tenant", Map.of("name", "B"), "If-Match", tag).text("code"))
        .isEqualTo("precondition_failed");
    assertThat(browser.write("PATCH", "/v1/tenant", Map.of("name", "B")).text("code"))
        .isEqualTo("precondition_required");
    assertThat(browser.get("/v1/tenant").text("name")).isEqualTo("Acme");
  }

  @Test
  void aRequestThatIsSentAgainIsOneTenantAndASimilarNameIsTaken() {
    String slug = slug();
    Map<String, String> wanted = Map.of("slug", slug, "name", "Acme");
    String tenant = browser.post("/v1/tenants", wanted).text("tenant_id");
    assertThat(browser.post("/v1/tenants", wanted).text("tenant_id")).isEqualTo(tenant);
    Answer others = Browser.ofSomebody(SERVER).post("/v1/tenants", wanted);
    assertThat(others.status()).isEqualTo(409);
    assertThat(others.text("code")).isEqualTo("name_taken");
    assertThat(browser.get("/v1/workspaces").body().path("items").size()).isEqualTo(1);
  }

  @Test
  void manySignUpsForOneNameAtOnceAreOneTenantAndOneOwner() throws Exception {
    String slug = slug();
    List<Browser> people =
        java.util.stream.IntStream.range(0, 20).mapToObj(n -> Browser.ofSomebody(SERVER)).toList();
    Map<String, String> wanted = Map.of("slug", slug, "name", "Acme");
    List<Answer> answers = SessionsTest.atOnce(20, n -> founded(people.get(n), wanted));
    List<Answer> made = answers.stream().filter(answer -> answer.status() == 201).toList();
    assertThat(made).as(answers.toString()).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.text("code").equals("name_taken")))
        .as(answers.toString())
        .hasSize(19);
    Browser founder = people.get(answers.indexOf(made.getFirst()));
    assertThat(
            SERVER
                .superuser()
                .sql(
                    """
                    select t.tenant_id || ' ' || m.role || ' ' || m.person_id
                      from tenancy.tenant t left join identity.membership m using (tenant_id)
                     where t.slug = :slug
                    """)
                .param("slug", slug)
                .query(String.class)
                .list())
        .containsExactly(
            made.getFirst().text("tenant_id")
                + " owner "
                + founder.get("/v1/me").text("person_id"));
  }

  /**
   * What a wish comes to. On a machine that is too busy for a lock or a receipt in time the answer
   * is 503, and says nothing of what was made: whoever asks again finds out, once or twice at most.
   */
  private static Answer founded(Browser browser, Map<String, String> wanted) {
    Answer answer = browser.post("/v1/tenants", wanted);
    for (int again = 0; again < 2 && answer.status() == 503; again++) {
      answer = browser.post("/v1/tenants", wanted);
    }
    return answer;
  }

  @Test
  void aSignUpWithAKeyIsItsFirstAnswerEverAfter() {
    Map<String, String> wanted = Map.of("slug", slug(), "name", "Acme");
    Answer first = withKey("sign-up-1", wanted);
    Answer again = withKey("sign-up-1", wanted);
    assertThat(first.status()).as(first.http().body()).isEqualTo(201);
    assertThat(again.status()).as(again.http().body()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    for (String field : List.of("Cofferdam-Record-Id", "Cofferdam-Receipt")) {
      assertThat(again.http().headers().firstValue(field)).as(field).isPresent();
    }
    assertThat(again.http().headers().firstValue("Cofferdam-Record-Id"))
        .isEqualTo(first.http().headers().firstValue("Cofferdam-Record-Id"));
    assertThat(withKey("sign-up-1", Map.of("slug", slug(), "name", "Acme")).text("code"))
        .isEqualTo("idempotency_key_reused");
    assertThat(browser.get("/v1/workspaces").body().path("items").size()).isEqualTo(1);
  }

  private Answer withKey(String key, Map<String, String> wanted) {
    return browser.write("POST", "/v1/tenants", wanted, "Idempotency-Key", key);
  }

  @Test
  void whatCannotBeANameIsRefusedAndNothingIsMade() {
    for (Map<String, String> wanted :
        List.of(
            Map.of("slug", "Acme Univ!", "name", "Acme"),
            Map.of("slug", "ab", "name", "Acme"),
            Map.of("slug", "public", "name", "Acme"),
            Map.of("slug", slug(), "name", ""),
            Map.of("slug", slug(), "name", " Acme"),
            Map.of("slug", slug(), "name", "Ac\u202eme"),
            Map.of("slug", slug(), "name", "x".repeat(101)))) {
      // Somebody new each time: one person may not try that often.
      Browser other = Browser.ofSomebody(SERVER);
      Answer refused = other.post("/v1/tenants", wanted);
      assertThat(refused.status()).as(wanted.toString()).isEqualTo(422);
      assertThat(refused.text("code")).isEqualTo("invalid_field");
      assertThat(other.get("/v1/workspaces").body().path("items").size()).isZero();
    }
    assertThat(
            browser
                .post("/v1/tenants", Map.of("slug", slug(), "name", "A", "role", "operator"))
                .status())
        .isEqualTo(400);
    assertThat(browser.get("/v1/workspaces").body().path("items").size()).isZero();
  }

  @Test
  void anothersTenantAndNoneAreAnsweredAlike() {
    String foreign = Browser.ofSomebody(SERVER).inOwnTenant(slug());
    browser.inOwnTenant(slug());
    Answer others = browser.enter(foreign);
    Answer missing = browser.enter(UUID.randomUUID().toString());
    assertThat(others.status()).isEqualTo(404);
    assertThat(withoutId(others)).isEqualTo(withoutId(missing));
  }

  private static String withoutId(Answer answer) {
    return answer.status() + answer.http().body().replaceAll("\"request_id\":\"[^\"]*\"", "");
  }

  @Test
  void noParameterAndNoHeaderNamesATenant() {
    String foreign = Browser.ofSomebody(SERVER).inOwnTenant(slug());
    String own = browser.inOwnTenant(slug());
    for (String query : List.of("tenant_id=", "tenant=", "workspace=", "schema=")) {
      assertThat(browser.get("/v1/tenant?" + query + foreign).status()).isEqualTo(400);
    }
    assertThat(
            new Answer(
                    sent(
                        SERVER
                            .request("/v1/tenant")
                            .header("X-Tenant-Id", foreign)
                            .header("Tenant", foreign)
                            .header(
                                "Cookie",
                                "tenant=" + foreign + "; __Host-cofferdam=" + browser.cookie())))
                .text("tenant_id"))
        .isEqualTo(own);
  }

  private static java.net.http.HttpResponse<String> sent(
      java.net.http.HttpRequest.Builder request) {
    try {
      return SERVER.send(request);
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSuspendedTenantIsClosedToItsPeople() {
    String tenant = browser.inOwnTenant(slug());
    assertThat(browser.get("/v1/tenant").status()).isEqualTo(200);
    SERVER.bean(Tenants.class).suspend(new TenantId(UUID.fromString(tenant)));
    Soon.holds(() -> browser.get("/v1/tenant").status() != 200);
    Answer refused = browser.get("/v1/tenant");
    assertThat(refused.text("code")).as(refused.http().body()).isEqualTo("tenant_closed");
    assertThat(browser.enter(tenant).text("code")).isEqualTo("tenant_closed");
    assertThat(browser.get("/v1/workspaces").body().path("items").get(0).path("state").asString())
        .isEqualTo("suspended");
  }

  @Test
  void aFormThatWasLeftOpenWritesNothingIntoAnotherWorkspace() {
    String first = browser.inOwnTenant(slug());
    String tag = browser.get("/v1/tenant").http().headers().firstValue("ETag").orElseThrow();
    String stale = browser.token();
    browser.inOwnTenant(slug());
    browser.csrf = stale;
    Answer refused = browser.write("PATCH", "/v1/tenant", Map.of("name", "Wrong"), "If-Match", tag);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("workspace_changed");
    browser.csrf = null;
    assertThat(browser.get("/v1/tenant").text("name")).isEqualTo("Acme");
    browser.enter(first);
    assertThat(browser.get("/v1/tenant").text("name")).isEqualTo("Acme");
  }

  @Test
  void listsAndEndsOnesSessions() {
    Answer listed = browser.get("/v1/sessions");
    assertThat(listed.body().path("items").get(0).path("current").asBoolean()).isTrue();
    String others = Browser.ofSomebody(SERVER).get("/v1/me").text("session_id");
    assertThat(browser.write("DELETE", "/v1/sessions/" + others, null).status()).isEqualTo(404);
    Answer out = browser.write("DELETE", "/v1/session", null);
    assertThat(out.status()).as(out.http().body()).isEqualTo(200);
    assertThat(browser.cookie()).isEmpty();
    browser.cookie(ann.handle.text());
    Soon.holds(() -> browser.get("/v1/me").status() != 200);
  }

  @Test
  void theLastOwnerStaysAndARoleIsCheckedAgainst() {
    browser.inOwnTenant(slug());
    Answer members = browser.get("/v1/members");
    String me = members.body().path("items").get(0).path("person_id").asString();
    assertThat(
            browser
                .write("PATCH", "/v1/members/" + me, Map.of("role", "member"), "If-Match", "\"1\"")
                .text("code"))
        .isEqualTo("last_owner");
    assertThat(browser.write("DELETE", "/v1/members/" + me, null, "If-Match", "\"1\"").text("code"))
        .isEqualTo("last_owner");
    assertThat(
            browser
                .write("PATCH", "/v1/members/" + me, Map.of("role", "king"), "If-Match", "\"1\"")
                .text("code"))
        .isEqualTo("invalid_field");
    assertThat(
            browser
                .write(
                    "PATCH",
                    "/v1/members/" + UUID.randomUUID(),
                    Map.of("role", "member"),
                    "If-Match",
                    "\"1\"")
                .status())
        .isEqualTo(404);
  }
}
