package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.audit.read.StoredRecord;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.provider.PlantedProvider;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens of people and of services, over HTTP. */
class TokensTest {
  private static final String ALL =
      String.join(" ", Arrays.stream(TokenScope.values()).map(TokenScope::text).toList());

  @RegisterExtension
  static final RunningServer SERVER = RunningServer.own("cofferdam.tokens.most-per-person=3");

  private final SignedIn ann = SignedIn.somebody(SERVER);
  private final TenantId tenant = ann.tenant(Role.OWNER);
  private final Browser owner = at(ann);

  private Browser at(SignedIn who) {
    who.enter(tenant);
    return new Browser(SERVER, who.handle);
  }

  private SignedIn member(Role role) {
    SignedIn one = SignedIn.somebody(SERVER);
    one.join(tenant, role);
    return one;
  }

  private static Answer make(Browser browser, String scopes) {
    return browser.post(
        "/v1/tokens",
        Map.of("label", "a token", "scopes", List.of(scopes.split(" ")), "expires_in_days", 30));
  }

  private static Answer makeService(Browser browser, String role, String scopes) {
    return browser.post(
        "/v1/service-tokens",
        Map.of(
            "label",
            "a service",
            "role",
            role,
            "scopes",
            List.of(scopes.split(" ")),
            "expires_in_days",
            30));
  }

  private static String made(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    assertThat(answer.header("Cofferdam-Receipt")).isNotEmpty();
    return answer.text("token");
  }

  private static Answer with(String token, String method, String path, String... more) {
    HttpRequest.Builder request =
        SERVER
            .request(path)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + token);
    for (int n = 0; n < more.length; n += 2) {
      request.header(more[n], more[n + 1]);
    }
    return sent(request);
  }

  private static Answer sent(HttpRequest.Builder request) {
    try {
      return new Answer(SERVER.send(request));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer get(String token, String path) {
    return with(token, "GET", path);
  }

  private List<AuditRecord> log(Predicate<AuditRecord> wanted) {
    return Scopes.call(
        new Scope.OfTenant(tenant, new Placement.Shared()),
        () ->
            SERVER.bean(Records.class).search(RecordQuery.all(200)).records().stream()
                .map(StoredRecord::record)
                .filter(wanted)
                .toList());
  }

  @Test
  void aTokenReadsWhatItsScopesSayAndIsShownOnce() {
    Answer answer = make(owner, "tenant:read groups:read");
    String token = made(answer);
    assertThat(token).matches("cofferdam_pat_[0-9a-f]{96}");

    assertThat(get(token, "/v1/tenant").text("tenant_id")).isEqualTo(tenant.toString());
    assertThat(get(token, "/v1/groups").status()).isEqualTo(200);
    Answer narrow = get(token, "/v1/members");
    assertThat(narrow.status()).isEqualTo(403);
    assertThat(narrow.text("code")).isEqualTo("insufficient_scope");
    assertThat(narrow.header("WWW-Authenticate"))
        .isEqualTo(
            "Bearer realm=\"cofferdam\", error=\"insufficient_scope\", scope=\"members:read\"");

    Answer list = owner.get("/v1/tokens");
    assertThat(list.body().path("items").get(0).path("id").asString()).isEqualTo(answer.text("id"));
    assertThat(list.body().path("items").get(0).path("used_at").asString("")).isNotEmpty();
    assertThat(list.http().body()).doesNotContain(token).doesNotContain(token.substring(14));
    assertThat(log(record -> record.action().equals("token.made")))
        .singleElement()
        .satisfies(
            record ->
                assertThat(record.details())
                    .containsEntry("scopes", "groups:read tenant:read")
                    .doesNotContainValue(token));
    assertThat(log(record -> record.actor().kind().equals("agent")))
        .as("the denial, by who acts for whom")
        .singleElement()
        .satisfies(
            record ->
                assertThat(record.actor().id())
                    .isEqualTo(ann.opened.person() + "/" + answer.text("id")));
  }

  @Test
  void aTokenSeesAndEndsThoseOfItsPersonWhereItsScopeSaysThat() {
    Answer other = make(owner, "tenant:read");
    Answer own = make(owner, "tokens:manage");
    String token = made(own);
    assertThat(get(token, "/v1/tokens").body().path("items").toString())
        .contains(own.text("id"), other.text("id"));
    assertThat(get(made(make(owner, "tenant:read")), "/v1/tokens").text("code"))
        .isEqualTo("insufficient_scope");
    assertThat(with(token, "DELETE", "/v1/tokens/" + UUID.randomUUID()).status()).isEqualTo(404);
    String ofAnother = make(at(member(Role.ADMIN)), "tenant:read").text("id");
    assertThat(with(token, "DELETE", "/v1/tokens/" + ofAnother).status()).isEqualTo(404);
    assertThat(with(token, "DELETE", "/v1/tokens/" + other.text("id")).status()).isEqualTo(200);
    assertThat(get(token, "/v1/tokens").body().path("items").toString())
        .doesNotContain(other.text("id"));
    String service = made(makeService(owner, "admin", "tokens:manage"));
    assertThat(get(service, "/v1/tokens").text("code")).isEqualTo("person_required");
    assertThat(with(service, "DELETE", "/v1/tokens/" + own.text("id")).text("code"))
        .isEqualTo("person_required");
    assertThat(with(token, "POST", "/v1/tokens").text("code")).isEqualTo("person_required");
  }

  @Test
  void noTokenGetsWhereCredentialsAreMadeSessionsChangedOrAPersonIsAskedFor() {
    List<String> tokens = List.of(made(make(owner, ALL)), made(makeService(owner, "admin", ALL)));
    for (String token : tokens) {
      for (String route :
          List.of(
              "GET /v1/me",
              "GET /v1/sessions",
              "DELETE /v1/session",
              "PUT /v1/session/workspace",
              "GET /v1/workspaces",
              "POST /v1/tenants",
              "POST /v1/tokens",
              "GET " + ofMember(ann),
              "DELETE " + ofMember(ann) + "/" + UUID.randomUUID(),
              "GET /v1/receipts/" + UUID.randomUUID(),
              "DELETE /v1/membership",
              "GET /v1/invites",
              "GET /home")) {
        String[] words = route.split(" ");
        Answer refused = with(token, words[0], words[1]);
        assertThat(refused.status()).as(route).isEqualTo(403);
        assertThat(refused.http().body()).as(route).contains("person_required");
      }
      for (String route : List.of("POST /v1/groups", "PATCH /v1/tenant", "POST /v1/invites")) {
        String[] words = route.split(" ");
        assertThat(with(token, words[0], words[1]).status()).as(route).isEqualTo(403);
      }
      assertThat(get(token, "/v1/operator/tenants").status()).isEqualTo(403);
    }
  }

  @Test
  void aScopeGivesNothingThatTheRoleOfItsHolderDoesNot() {
    String token = made(make(at(member(Role.MEMBER)), "audit:read members:read"));
    assertThat(get(token, "/v1/members").status()).isEqualTo(200);
    assertThat(get(token, "/v1/audit/records").text("code")).isEqualTo("forbidden");

    String auditor = made(make(at(member(Role.AUDITOR)), "audit:read"));
    Answer read = get(auditor, "/v1/audit/records");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Cofferdam-Receipt")).isNotEmpty();
  }

  @Test
  void whatIsNoTokenEndsTheRequestWithTheSameAnswerEverywhere() {
    String token = made(make(owner, ALL));
    char last = token.charAt(token.length() - 1);
    List<String> forged =
        List.of(
            "Bearer " + token.substring(0, token.length() - 1) + (last == '0' ? '1' : '0'),
            "Bearer " + token.replace("_pat_", "_svc_"),
            "Bearer " + token.toUpperCase(java.util.Locale.ROOT),
            "Bearer " + token + "00",
            "Bearer " + token.substring(14),
            "Bearer " + owner.cookie(),
            "Bearer " + owner.token(),
            "Bearer e30.e30.e30",
            "Bearer",
            "DPoP " + token,
            token,
            "Basic " + token);
    // Few: who sends many of them is told to wait.
    List<String> met = new ArrayList<>();
    for (String field : forged) {
      met.add(refused(field, "/v1/tenant"));
    }
    for (String path : List.of("/v1/openapi.json", "/v1/nowhere")) {
      met.add(refused(forged.getFirst(), path));
    }
    assertThat(met).allMatch(body -> body.equals(met.getFirst()));
  }

  private static String refused(String field, String path) {
    Answer answer = sent(SERVER.request(path).header("Authorization", field));
    assertThat(answer.status()).as("%s at %s", field, path).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo(
            "Bearer realm=\"cofferdam\", error=\"invalid_token\", resource_metadata=\""
                + SERVER.uri("/.well-known/oauth-protected-resource")
                + '"');
    return answer.withoutRequestId();
  }

  @Test
  void twoCredentialsAreNone() {
    String token = made(make(owner, ALL));
    Answer both =
        with(token, "GET", "/v1/tenant", "Cookie", SessionCookie.NAME + "=" + owner.cookie());
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.text("code")).isEqualTo("ambiguous_credentials");
    assertThat(both.header("WWW-Authenticate")).contains("error=\"invalid_request\"");
    assertThat(with(token, "GET", "/v1/tenant", "Cookie", SessionCookie.NAME + "=").status())
        .isEqualTo(400);
    assertThat(with(token, "GET", "/v1/tenant", "Authorization", "Bearer " + token).status())
        .isEqualTo(400);
    assertThat(sent(SERVER.request("/v1/tenant?access_token=" + token)).status()).isEqualTo(401);
  }

  @Test
  void aTokenIsNoSession() {
    String token = made(make(owner, ALL));
    for (String value : List.of(token, token.substring(14))) {
      Answer answer =
          sent(SERVER.request("/v1/me").header("Cookie", SessionCookie.NAME + "=" + value));
      assertThat(answer.text("code")).isEqualTo("unauthenticated");
    }
    assertThat(owner.write("DELETE", "/v1/tokens/" + UUID.randomUUID(), null).status())
        .isEqualTo(404);
  }

  private Answer soon(String token, int status) {
    return Soon.first(() -> get(token, "/v1/tenant"), answer -> answer.status() == status);
  }

  private String working(Answer answer) {
    String token = made(answer);
    assertThat(get(token, "/v1/tenant").status()).isEqualTo(200);
    return token;
  }

  @Test
  void whatIsRevokedIsRefusedWithinASecond() {
    Answer answer = make(owner, "tenant:read");
    String token = working(answer);
    Answer revoked = owner.write("DELETE", "/v1/tokens/" + answer.text("id"), null);
    assertThat(revoked.status()).as(revoked.http().body()).isEqualTo(200);
    soon(token, 401);
    assertThat(owner.write("DELETE", "/v1/tokens/" + answer.text("id"), null).status())
        .isEqualTo(404);

    Answer service = makeService(owner, "member", "tenant:read");
    String other = working(service);
    assertThat(owner.write("DELETE", "/v1/service-tokens/" + service.text("id"), null).status())
        .isEqualTo(200);
    soon(other, 401);
  }

  @Test
  void whoIsRemovedHasNoTokensEitherWhenTheyComeBack() {
    SignedIn bob = member(Role.AUDITOR);
    String token = working(make(at(bob), ALL));
    assertThat(get(token, "/v1/audit/log/keys").status()).isEqualTo(200);

    change("update identity.membership set role = 'member' where person_id = :person", bob);
    Soon.holds(() -> get(token, "/v1/audit/records").status() == 403);

    change("delete from identity.membership where person_id = :person", bob);
    soon(token, 401);
    bob.join(tenant, Role.AUDITOR);
    assertThat(get(token, "/v1/tenant").status()).isEqualTo(401);
  }

  private static void change(String sql, SignedIn who) {
    SERVER.superuser().sql(sql).param("person", who.opened.person().value()).update();
  }

  /** As if they had been made a month ago. */
  private void age(String which) {
    SERVER
        .superuser()
        .sql(
            """
            update identity.token
               set created_at = created_at - interval '31 days', expires_at = expires_at - interval '31 days'
             where tenant_id = :tenant and %s
            """
                .formatted(which))
        .param("tenant", tenant.value())
        .update();
  }

  @Test
  void aTokenExpiresAndATenantThatIsSuspendedClosesForTokensToo() {
    String token = working(make(owner, "tenant:read"));
    String service = working(makeService(owner, "member", "tenant:read"));
    age("person_id is not null");
    change("update identity.membership set changed_at = now() where person_id = :person", ann);
    soon(token, 401);

    SERVER.bean(Tenants.class).suspend(tenant);
    assertThat(soon(service, 403).text("code")).isEqualTo("tenant_closed");
  }

  @Test
  void aTenantThatAsksForMoreFactorsIsReachedByNoTokenThatWasMadeWithFewer() {
    String token = working(make(owner, "tenant:read"));
    String service = working(makeService(owner, "member", "tenant:read"));
    SERVER
        .superuser()
        .sql(
            "insert into identity.sign_in_policy (tenant_id, least_acr, changed_at) values (:tenant, 'phishing_resistant', now())")
        .param("tenant", tenant.value())
        .update();
    soon(token, 401);
    assertThat(get(service, "/v1/tenant").status()).isEqualTo(200);
  }

  @Test
  void whomATenantsOwnProviderNoLongerVouchesForHasNoTokensEither() {
    UUID provider = UUID.randomUUID();
    PlantedProvider.plant(SERVER.superuser(), tenant, new ProviderId(provider));
    change(
        "update identity.session set provider_tenant = tenant_id, provider_id = '%s' where person_id = :person"
            .formatted(provider),
        ann);
    String token = working(make(owner, "tenant:read"));
    String service = working(makeService(owner, "member", "tenant:read"));
    SERVER
        .superuser()
        .sql("update identity.provider set state = 'inactive' where provider_id = :provider")
        .param("provider", provider)
        .update();
    soon(token, 401);
    assertThat(get(service, "/v1/tenant").status()).isEqualTo(200);
  }

  @Test
  void onlyWhoProvedThemselvesJustNowMakesOne() {
    change(
        "update identity.session set auth_time = auth_time - interval '6 minutes' where person_id = :person",
        ann);
    Browser later = at(ann);
    assertThat(make(later, ALL).text("code")).isEqualTo("insufficient_user_authentication");
    assertThat(makeService(later, "member", ALL).text("code"))
        .isEqualTo("insufficient_user_authentication");
  }

  @Test
  void thereAreNoMoreThanAllowedAndOnesThatExpiredMakeRoom() {
    for (int n = 0; n < 3; n++) {
      made(make(owner, "tenant:read"));
    }
    assertThat(make(owner, "tenant:read").text("code")).isEqualTo("quota_reached");
    age("true");
    made(make(owner, "tenant:read"));
    assertThat(owner.get("/v1/tokens").body().path("items").size()).isEqualTo(1);
  }

  @Test
  void whatIsNoWishIsRefused() {
    assertThat(make(owner, "tenant:write").text("field")).isEqualTo("scopes");
    assertThat(make(owner, "tenant:read tenant:read").text("field")).isEqualTo("scopes");
    assertThat(makeService(owner, "owner", "tenant:read").text("field")).isEqualTo("role");
    assertThat(
            owner
                .post(
                    "/v1/tokens",
                    Map.of("label", "a\nb", "scopes", List.of("tenant:read"), "expires_in_days", 1))
                .text("field"))
        .isEqualTo("label");
    assertThat(
            owner
                .post(
                    "/v1/tokens",
                    Map.of("label", "a", "scopes", List.of("tenant:read"), "expires_in_days", 367))
                .text("field"))
        .isEqualTo("expires_in_days");
  }

  @Test
  void aServiceHasARoleBelowOwnerAndTwoOfItsTokensAreGoodWhileOneSucceedsTheOther() {
    Answer first = makeService(at(member(Role.ADMIN)), "auditor", "audit:read tenant:read");
    String old = working(first);
    assertThat(old).matches("cofferdam_svc_[0-9a-f]{96}");
    Answer next =
        owner.post(
            "/v1/service-tokens/" + first.text("id") + "/successor",
            Map.of("label", "next", "scopes", List.of("audit:read"), "expires_in_days", 1));
    String fresh = made(next);
    assertThat(next.text("service_id")).isEqualTo(first.text("service_id")).isNotEmpty();
    assertThat(next.text("role")).isEqualTo("auditor");
    assertThat(get(old, "/v1/audit/records").status()).isEqualTo(200);
    assertThat(get(fresh, "/v1/audit/records").status()).isEqualTo(200);
    assertThat(log(record -> record.actor().kind().equals("service")))
        .isNotEmpty()
        .allMatch(record -> record.actor().id().equals(first.text("service_id")));

    Browser auditor = at(member(Role.AUDITOR));
    assertThat(auditor.get("/v1/service-tokens").body().path("items").size()).isEqualTo(2);
    assertThat(makeService(auditor, "member", ALL).status()).isEqualTo(403);
    Browser plain = at(member(Role.MEMBER));
    assertThat(plain.get("/v1/service-tokens").status()).isEqualTo(403);
    assertThat(owner.get("/v1/tokens").body().path("items").size()).isZero();
  }

  @Test
  void tokensOfOthersDoNotExist() {
    Answer mine = make(owner, ALL);
    made(mine);
    Answer services = makeService(owner, "member", ALL);
    made(services);
    Browser admin = at(member(Role.ADMIN));
    assertThat(admin.get("/v1/tokens").body().path("items").size()).isZero();
    assertThat(admin.write("DELETE", "/v1/tokens/" + mine.text("id"), null).status())
        .isEqualTo(404);
    assertThat(admin.write("DELETE", "/v1/service-tokens/" + mine.text("id"), null).status())
        .isEqualTo(404);

    SignedIn rival = SignedIn.somebody(SERVER);
    rival.enter(rival.tenant(Role.OWNER));
    Browser elsewhere = new Browser(SERVER, rival.handle);
    assertThat(
            elsewhere.write("DELETE", "/v1/service-tokens/" + services.text("id"), null).status())
        .isEqualTo(404);
    assertThat(
            elsewhere
                .post(
                    "/v1/service-tokens/" + services.text("id") + "/successor",
                    Map.of("label", "a", "scopes", List.of("audit:read"), "expires_in_days", 1))
                .status())
        .isEqualTo(404);
  }

  private static String ofMember(SignedIn who) {
    return "/v1/members/" + who.opened.person() + "/tokens";
  }

  @Test
  void whoLooksAfterATenantSeesTheTokensOfItsMembersAndEndsThem() {
    SignedIn bob = member(Role.MEMBER);
    Answer answer = make(at(bob), "tenant:read");
    String token = working(answer);

    Browser auditor = at(member(Role.AUDITOR));
    Answer list = auditor.get(ofMember(bob));
    assertThat(list.body().path("items").size()).isEqualTo(1);
    assertThat(list.body().path("items").get(0).path("id").asString()).isEqualTo(answer.text("id"));
    assertThat(list.body().path("items").get(0).path("made_by").asString())
        .isEqualTo(bob.opened.person().toString());
    assertThat(list.body().path("items").get(0).path("used_at").asString("")).isNotEmpty();
    assertThat(list.http().body()).doesNotContain(token.substring(14));
    String one = ofMember(bob) + "/" + answer.text("id");
    assertThat(auditor.write("DELETE", one, null).status()).isEqualTo(403);
    Browser plain = at(member(Role.MEMBER));
    assertThat(plain.get(ofMember(bob)).status()).isEqualTo(403);
    assertThat(plain.write("DELETE", one, null).status()).isEqualTo(403);
    assertThat(get(token, "/v1/tenant").status()).isEqualTo(200);

    SignedIn carol = member(Role.ADMIN);
    Answer ended = at(carol).write("DELETE", one, null);
    assertThat(ended.status()).as(ended.http().body()).isEqualTo(200);
    assertThat(ended.header("Cofferdam-Receipt")).isNotEmpty();
    soon(token, 401);
    assertThat(log(record -> record.action().equals("token.revoked")))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.actor().id()).isEqualTo(carol.opened.person().toString());
              assertThat(record.object()).isEqualTo(new Party("token", answer.text("id")));
              assertThat(record.details()).containsEntry("person", bob.opened.person().toString());
            });
    assertThat(owner.write("DELETE", one, null).status()).isEqualTo(404);
  }

  @Test
  void nobodyEndsATokenOfWhomTheyCouldNotRemove() {
    Answer mine = make(owner, "tenant:read");
    String token = working(mine);
    String one = ofMember(ann) + "/" + mine.text("id");
    Browser admin = at(member(Role.ADMIN));
    Answer refused = admin.write("DELETE", one, null);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("code")).isEqualTo("forbidden");
    assertThat(get(token, "/v1/tenant").status()).isEqualTo(200);
    assertThat(admin.get("/members/" + ann.opened.person() + "/tokens").http().body())
        .contains("a token")
        .doesNotContain("Revoke");

    Browser other = at(member(Role.OWNER));
    assertThat(other.write("DELETE", one, null).status()).isEqualTo(200);
    soon(token, 401);
  }

  @Test
  void aTokenIsOfOneMemberAndAMemberOfOneTenant() {
    SignedIn bob = member(Role.MEMBER);
    Answer his = make(at(bob), "tenant:read");
    String token = working(his);
    Answer service = makeService(owner, "member", "tenant:read");
    made(service);
    for (String path :
        List.of(
            ofMember(ann) + "/" + his.text("id"),
            ofMember(bob) + "/" + service.text("id"),
            ofMember(bob) + "/" + UUID.randomUUID(),
            "/v1/members/" + UUID.randomUUID() + "/tokens/" + his.text("id"))) {
      assertThat(owner.write("DELETE", path, null).status()).as(path).isEqualTo(404);
    }

    SignedIn rival = SignedIn.somebody(SERVER);
    rival.enter(rival.tenant(Role.OWNER));
    Browser elsewhere = new Browser(SERVER, rival.handle);
    assertThat(elsewhere.get(ofMember(bob)).status()).isEqualTo(404);
    assertThat(elsewhere.write("DELETE", ofMember(bob) + "/" + his.text("id"), null).status())
        .isEqualTo(404);
    assertThat(get(token, "/v1/tenant").status()).isEqualTo(200);
  }

  @Test
  void theTokensOfAMemberHaveAPage() {
    SignedIn bob = member(Role.MEMBER);
    Answer answer = make(at(bob), "tenant:read");
    String token = working(answer);
    String page = "/members/" + bob.opened.person() + "/tokens";
    assertThat(owner.get("/members").http().body()).contains(page);
    assertThat(owner.get(page).http().body())
        .contains("a token", "tenant:read", "Revoke")
        .doesNotContain(token.substring(14));
    Browser auditor = at(member(Role.AUDITOR));
    assertThat(auditor.get(page).http().body()).contains("a token").doesNotContain("Revoke");
    Browser plain = at(member(Role.MEMBER));
    assertThat(plain.get(page).status()).isEqualTo(403);
    assertThat(plain.get("/members").http().body()).doesNotContain(page);

    Answer ended = owner.form(page + "/revoke", owner.token(), Map.of("token", answer.text("id")));
    assertThat(ended.status()).isEqualTo(303);
    assertThat(ended.header("Location")).isEqualTo(page);
    soon(token, 401);
    assertThat(owner.get(page).http().body()).contains("There is none yet.");
    assertThat(owner.get("/members/" + UUID.randomUUID() + "/tokens").status()).isEqualTo(404);
  }

  @Test
  void aServicesTokenIsSucceededOnAPage() {
    Answer first = makeService(owner, "auditor", "audit:read");
    String old = made(first);
    String page = "/service-tokens/" + first.text("id") + "/successor";
    assertThat(owner.get("/service-tokens").http().body()).contains(page);
    assertThat(owner.get(page).http().body())
        .contains("a service", "as auditor")
        .containsPattern("value=\"audit:read\"[^>]* checked");
    assertThat(owner.form(page, owner.token(), Map.of("label", "next", "days", "7")).http().body())
        .contains("tick what it is for");

    Answer made =
        owner.form(
            page, owner.token(), Map.of("label", "next", "scope", "tenant:read", "days", "7"));
    assertThat(made.status()).as(made.http().body()).isEqualTo(200);
    String fresh = made.http().body().replaceAll("(?s).*(cofferdam_svc_[0-9a-f]{96}).*", "$1");
    assertThat(get(fresh, "/v1/tenant").status()).isEqualTo(200);
    assertThat(get(fresh, "/v1/audit/records").status()).as("for another thing").isEqualTo(403);
    assertThat(get(old, "/v1/audit/records").status()).isEqualTo(200);
    assertThat(owner.get("/v1/service-tokens").body().path("items"))
        .hasSize(2)
        .allMatch(one -> one.path("service_id").asString().equals(first.text("service_id")));
    assertThat(owner.get("/service-tokens").http().body())
        .contains("next", "as auditor")
        .doesNotContain(fresh);

    Browser auditor = at(member(Role.AUDITOR));
    assertThat(auditor.get(page).status()).isEqualTo(403);
    assertThat(auditor.get("/service-tokens").http().body()).doesNotContain(page);
    assertThat(owner.get("/service-tokens/" + UUID.randomUUID() + "/successor").status())
        .isEqualTo(404);
  }

  @Test
  void theSameOnPages() {
    String csrf = owner.token();
    Map<String, String> form = Map.of("label", "my script", "scope", "tenant:read", "days", "30");
    Answer shown = owner.form("/tokens", csrf, form);
    assertThat(shown.status()).as(shown.http().body()).isEqualTo(200);
    String token = shown.http().body().replaceAll("(?s).*(cofferdam_pat_[0-9a-f]{96}).*", "$1");
    assertThat(get(token, "/v1/tenant").status()).isEqualTo(200);
    assertThat(owner.get("/tokens").http().body())
        .contains("my script", "tenant:read", "Revoke")
        .doesNotContain(token);
    assertThat(owner.form("/tokens", csrf, Map.of("label", "nothing", "days", "30")).http().body())
        .contains("tick what it is for");
    String id = owner.get("/v1/tokens").body().path("items").get(0).path("id").asString();
    assertThat(owner.form("/tokens/revoke", csrf, Map.of("token", id)).status()).isEqualTo(303);
    soon(token, 401);

    Answer service =
        owner.form(
            "/service-tokens",
            csrf,
            Map.of("label", "a job", "role", "auditor", "scope", "audit:read", "days", "7"));
    assertThat(service.http().body()).contains("cofferdam_svc_");
    Browser auditor = at(member(Role.AUDITOR));
    assertThat(auditor.get("/service-tokens").http().body())
        .contains("a job", "as auditor")
        .doesNotContain("Revoke");
    assertThat(at(member(Role.MEMBER)).get("/service-tokens").status()).isEqualTo(403);
  }

  @Test
  void whoWritesInATenantsScopeMakesNoTokenAndReadsNoHash() {
    made(make(owner, "tenant:read"));
    JdbcClient app = SERVER.app();
    Scope.OfTenant scope = new Scope.OfTenant(tenant, new Placement.Shared());
    for (String sql :
        List.of(
            "select token_hash from identity.token",
            "update identity.token set scopes = '{audit:read}'",
            "update identity.token set expires_at = expires_at + interval '1 year'",
            "update identity.token set role = 'admin'",
            "insert into identity.token select * from identity.token",
            "select * from identity.token_handle",
            "select identity.find_token('')")) {
      assertThatThrownBy(() -> Scopes.run(scope, () -> app.sql(sql).query().listOfRows()))
          .as(sql)
          .hasStackTraceContaining("permission denied");
    }
  }
}
