package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.planted.rooms.Rooms;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Cursors;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoorTest {
  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context -> {
            context.registerBean(
                Authenticator.class, Strangers::new, bean -> bean.setPrimary(true));
            context.registerBean(Cursors.class, PlainCursors::new, bean -> bean.setPrimary(true));
            context.registerBean(Rooms.class);
          });

  private static final String ADA = "00000000-0000-7000-8000-00000000000a";
  private static final String BOB = "00000000-0000-7000-8000-00000000000b";

  private static HttpResponse<String> get(String caller, String path) throws Exception {
    var request = SERVER.request(path);
    return SERVER.send(caller.isEmpty() ? request : request.header(Strangers.HEADER, caller));
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return SERVER.send(
        SERVER
            .request("/v1/chairs")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(body.path("code").asString("")).isEqualTo(code);
    assertThat(body.path("type").asString("")).isEqualTo("/problems/" + code);
    assertThat(body.path("request_id").asString(""))
        .isEqualTo(answer.headers().firstValue("Cofferdam-Request-Id").orElseThrow());
  }

  @Test
  void strangersGetAsFarAsTheHall() throws Exception {
    assertThat(get("", "/v1/hall").body()).contains("\"principal\":\"anonymous\"");
    for (String path : new String[] {"/v1/study", "/v1/office", "/v1/vault", "/v1/bridge"}) {
      HttpResponse<String> answer = get("", path);
      assertProblem(answer, 401, "unauthenticated");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }
  }

  @Test
  void aBadCredentialIsRefusedEvenWhereAnyoneMayCall() throws Exception {
    assertProblem(get("bad", "/v1/hall"), 401, "unauthenticated");
  }

  @Test
  void aPersonIsBoundToThemselvesAndAMemberToTheirTenant() throws Exception {
    Scope.OfTenant tenant = SERVER.newTenant();

    assertThat(get("person " + ADA, "/v1/study").body()).contains("\"scope\":\"p_");
    assertThat(get("member " + ADA + " " + tenant.tenant(), "/v1/office").body())
        .contains("\"scope\":\"" + tenant.carried() + "\"");
    assertProblem(get("person " + ADA, "/v1/office"), 403, "workspace_required");
  }

  @Test
  void aRoleThatIsNotDeclaredIsDenied() throws Exception {
    String tenant = SERVER.newTenant().tenant().toString();

    assertThat(get("owner " + ADA + " " + tenant, "/v1/vault").statusCode()).isEqualTo(200);
    for (String role : new String[] {"admin", "member", "auditor"}) {
      assertProblem(get(role + " " + ADA + " " + tenant, "/v1/vault"), 403, "forbidden");
    }
  }

  @Test
  void aTenantThatIsClosedOrUnknownIsNotEntered() throws Exception {
    Scope.OfTenant closed = SERVER.newTenant();
    SERVER.bean(Tenants.class).suspend(closed.tenant());

    assertProblem(
        get("owner " + ADA + " " + UUID.randomUUID(), "/v1/office"), 403, "tenant_closed");
    HttpResponse<String> answer = get("owner " + ADA + " " + closed.tenant(), "/v1/office");
    // Its entry may be remembered for a second, no longer.
    for (int tries = 0; answer.statusCode() == 200 && tries < 60; tries++) {
      Thread.sleep(20);
      answer = get("owner " + ADA + " " + closed.tenant(), "/v1/office");
    }
    assertProblem(answer, 403, "tenant_closed");
  }

  @Test
  void operatorsAndPersonsAreKeptApart() throws Exception {
    assertThat(get("operator " + ADA, "/v1/bridge").statusCode()).isEqualTo(200);
    assertProblem(get("person " + ADA, "/v1/bridge"), 403, "forbidden");
    assertProblem(get("operator " + ADA, "/v1/study"), 403, "forbidden");
    assertProblem(get("operator " + ADA, "/v1/office"), 403, "workspace_required");
  }

  @Test
  void aSignInThatDoesNotSufficeIsChallenged() throws Exception {
    HttpResponse<String> answer =
        get("owner " + ADA + " " + SERVER.newTenant().tenant(), "/v1/safe");

    assertProblem(answer, 401, "insufficient_user_authentication");
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains(
            "error=\"insufficient_user_authentication\"",
            "acr_values=\"multi_factor\"",
            "max_age=\"300\"");
  }

  @Test
  void theLimitIsToldAndKept() throws Exception {
    HttpResponse<String> answer = get("person " + UUID.randomUUID(), "/v1/study");

    assertThat(answer.headers().firstValue("RateLimit-Policy").orElseThrow()).contains("session");
    assertThat(answer.headers().firstValue("RateLimit")).isPresent();
    String eager = "person " + UUID.randomUUID();
    HttpResponse<String> refused = get(eager, "/v1/study");
    for (int tries = 0; refused.statusCode() == 200 && tries < 1000; tries++) {
      refused = get(eager, "/v1/study");
    }
    assertProblem(refused, 429, "rate_limited");
    assertThat(refused.headers().firstValue("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
    assertThat(get("person " + BOB, "/v1/study").statusCode()).isEqualTo(200);
  }

  @Test
  void aListIsReadInPartsByOneCallerAndWithOneFilter() throws Exception {
    JsonNode first = JsonMapper.shared().readTree(get("person " + ADA, "/v1/chairs").body());
    String cursor = first.path("next").asString("");

    assertThat(first.path("items")).hasSize(50);
    assertThat(get("person " + ADA, "/v1/chairs?cursor=" + cursor).body()).contains("[51,");
    assertThat(get("person " + ADA, "/v1/chairs?limit=60&cursor=" + cursor).body())
        .doesNotContain("next");
    for (String path : new String[] {"/v1/chairs?colour=red&cursor=", "/v1/chairs?cursor=x"}) {
      assertProblem(get("person " + ADA, path + cursor), 400, "invalid_cursor");
    }
    assertProblem(get("person " + BOB, "/v1/chairs?cursor=" + cursor), 400, "invalid_cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "201", "1e2", "", "99999999999", "x"})
  void aPageOfAnyOtherSizeIsRefused(String limit) throws Exception {
    HttpResponse<String> answer = get("person " + ADA, "/v1/chairs?limit=" + limit);

    assertProblem(answer, 422, "invalid_field");
    assertThat(answer.body()).contains("\"field\":\"limit\"");
  }

  @Test
  void aParameterThatNobodyDeclaredIsRefused() throws Exception {
    for (String name : new String[] {"tenant", "tenant_id", "role", "Limit"}) {
      assertProblem(get("person " + ADA, "/v1/chairs?" + name + "=1"), 400, "unknown_field");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\",\"legs\":4,\"role\":\"owner\"} | 400 | unknown_field",
        "{\"name\":\"a\",\"legs\":4,\"tenant_id\":1} | 400 | unknown_field",
        "{\"name\":\"a\",\"legs\":4,\"legs\":5} | 400 | malformed_request",
        "{\"name\":\"a\",\"legs\":4} {} | 400 | malformed_request",
        "{\"name\":\"a\",\"legs\":4}] | 400 | malformed_request",
        "{\"name\":\"a\",\"legs\":\"4\"} | 422 | invalid_field",
        "{\"name\":\"a\",\"legs\":4.5} | 422 | invalid_field",
        "{\"name\":\"a\",\"legs\":null} | 422 | invalid_field",
        "{\"name\":5,\"legs\":4} | 422 | invalid_field",
        "{\"name\":\"a\",\"legs\":-1} | 422 | invalid_field",
        "{\"name\":\"a\",\"legs\":99999999999} | 422 | invalid_field",
        "[1] | 400 | malformed_request",
        "{\"name\" | 400 | malformed_request",
        "`` | 400 | malformed_request",
        "NaN | 400 | malformed_request",
        "{'name':'a'} | 400 | malformed_request"
      })
  void jsonThatIsNotExactlyWhatWasDeclaredIsRefused(String body, int status, String code)
      throws Exception {
    assertProblem(post(body == null ? "" : body), status, code);
  }

  @Test
  void deepLongAndHugeJsonIsRefused() throws Exception {
    assertProblem(post("[".repeat(100_000)), 400, "malformed_request");
    assertProblem(
        post("{\"name\":\"a\",\"legs\":" + "9".repeat(100_000) + "}"), 400, "malformed_request");
    assertProblem(post("{\"name\":\"a\",\"legs\":1e999999999}"), 422, "invalid_field");
    assertProblem(post("{\"" + "n".repeat(100_000) + "\":1}"), 400, "malformed_request");
  }

  @Test
  void whatIsWrongIsNamedAsTheApiNamesItAndTheClientsWordsAreNot() throws Exception {
    assertThat(post("{\"name\":\"a\",\"legs\":\"x\"}").body()).contains("\"field\":\"legs\"");
    assertThat(post("{\"name\":\"a\",\"legs\":1,\"marks\":{\"evil\":\"x\"}}").body())
        .contains("invalid_field")
        .doesNotContain("evil");
  }

  @Test
  void aBodyOfAnotherKindIsNotRead() throws Exception {
    for (String type : new String[] {"text/plain", "application/xml", "multipart/form-data"}) {
      HttpResponse<String> answer =
          SERVER.send(
              SERVER
                  .request("/v1/chairs")
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("{}")));
      assertProblem(answer, 415, "unsupported_media_type");
    }
  }

  @Test
  void aChangeNeedsTheVersionThatWasRead() throws Exception {
    assertProblem(change(null), 428, "precondition_required");
    assertProblem(change("*"), 400, "malformed_request");
    assertProblem(change("\"7\""), 412, "precondition_failed");
    assertThat(change("\"1\"").headers().firstValue("ETag")).contains("\"2\"");
  }

  private static HttpResponse<String> change(@Nullable String version) throws Exception {
    var request =
        SERVER
            .request("/v1/chairs/" + UUID.randomUUID())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"name\":\"a\",\"legs\":4}"));
    return SERVER.send(version == null ? request : request.header("If-Match", version));
  }

  @ParameterizedTest
  @CsvSource({
    "runtime, 500, internal",
    "checked, 500, internal",
    "sql, 500, internal",
    "error, 500, internal",
    "away, 503, unavailable",
    "shutdown, 503, unavailable",
    "conflict, 409, conflict"
  })
  void noFailureSaysMoreThanItsCode(String kind, int status, String code) throws Exception {
    HttpResponse<String> answer = get("", "/v1/fires/" + kind);

    assertProblem(answer, status, code);
    assertThat(answer.body())
        .doesNotContain("secret", "hidden", "Exception", "dev.", "org.", "java.", "passwd");
  }

  @Test
  void alsoAStackThatOverflowsIsAProblem() throws Exception {
    assertProblem(get("", "/v1/overflow"), 500, "internal");
  }

  @Test
  void anIdThatIsNoneIsAMalformedRequest() throws Exception {
    HttpResponse<String> answer =
        SERVER.send(
            SERVER
                .request("/v1/chairs/none")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .PUT(BodyPublishers.ofString("{}")));

    assertProblem(answer, 400, "malformed_request");
  }

  @Test
  void aDenialIsOneRecordBeforeItIsAnAnswer() throws Exception {
    var tenant = SERVER.newTenant().tenant();
    long before = records(tenant);

    assertProblem(get("member " + ADA + " " + tenant, "/v1/vault"), 403, "forbidden");

    assertThat(records(tenant)).isEqualTo(before + 1);
    assertThat(get("member " + ADA + " " + tenant, "/v1/office").statusCode()).isEqualTo(200);
    assertThat(records(tenant)).isEqualTo(before + 1);
  }

  @Test
  void whoeverLooksForWhatIsNotThereLeavesATrace() throws Exception {
    var tenant = SERVER.newTenant().tenant();
    String member = "member " + ADA + " " + tenant;

    HttpResponse<String> answer = get(member, "/v1/nowhere");
    assertProblem(answer, 404, "not_found");
    assertThat(answer.headers().firstValue("RateLimit")).isPresent();
    assertThat(recorded(tenant, "route.find", answer)).isOne();

    HttpResponse<String> wrong =
        SERVER.send(SERVER.request("/v1/hall").header(Strangers.HEADER, member).DELETE());
    assertProblem(wrong, 405, "method_not_allowed");
    assertThat(wrong.headers().firstValue("RateLimit")).isPresent();
    assertThat(wrong.headers().firstValue("Allow")).isPresent();
    assertThat(recorded(tenant, "route.find", wrong)).as("no denial").isZero();

    assertProblem(get("bad", "/v1/nowhere"), 401, "unauthenticated");
    assertProblem(get("", "/v1/nowhere"), 404, "not_found");
  }

  @Test
  void aCredentialThatSomebodyElseUsesIsItsHoldersDenial() throws Exception {
    var tenant = SERVER.newTenant().tenant();

    HttpResponse<String> answer = get("misused " + ADA + " " + tenant, "/v1/hall");

    assertProblem(answer, 403, "cross_site_request");
    assertThat(recorded(tenant, "room.see", answer)).isOne();
    assertThat(recorded(tenant, ADA, answer)).isOne();
  }

  /** How many records of this request hold these words. */
  private static long recorded(TenantId tenant, String words, HttpResponse<String> answer) {
    return SERVER
        .superuser()
        .sql(
            """
            select count(*) from audit.leaf
             where tenant_id = :tenant and convert_from(record, 'UTF8') like '%' || :request || '%'
               and convert_from(record, 'UTF8') like '%' || :words || '%'
            """)
        .param("tenant", tenant.value())
        .param("request", answer.headers().firstValue("Cofferdam-Request-Id").orElseThrow())
        .param("words", words)
        .query(Long.class)
        .single();
  }

  private static long records(TenantId tenant) {
    return SERVER
        .superuser()
        .sql(
            """
            select count(*) from audit.leaf
             where tenant_id = :tenant and convert_from(record, 'UTF8') like '%denied%room.see%'
                or tenant_id = :tenant and convert_from(record, 'UTF8') like '%room.see%denied%'
            """)
        .param("tenant", tenant.value())
        .query(Long.class)
        .single();
  }

  @Test
  void aRepeatedCreationIsTheFirstOnesAnswer() throws Exception {
    String owner = "owner " + ADA + " " + SERVER.newTenant().tenant();

    HttpResponse<String> first = create(owner, "key-1", "One");
    HttpResponse<String> again = create(owner, "key-1", "One");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(again.statusCode()).isLessThan(300);
    assertThat(JsonMapper.shared().readTree(again.body()))
        .isEqualTo(JsonMapper.shared().readTree(first.body()));
    assertThat(again.headers().firstValue("ETag")).isEqualTo(first.headers().firstValue("ETag"));
    assertThat(again.headers().firstValue("Cofferdam-Record-Id"))
        .isPresent()
        .isEqualTo(first.headers().firstValue("Cofferdam-Record-Id"));
    assertThat(again.headers().firstValue("Cofferdam-Receipt")).isPresent();
    assertProblem(create(owner, "key-1", "Other"), 422, "idempotency_key_reused");
    assertProblem(create(owner, "key-2", "One"), 409, "name_taken");
    assertProblem(create(owner, "two words", "Two"), 400, "malformed_request");
  }

  @Test
  void ofManyAtOnceOneHappens() throws Exception {
    String owner = "owner " + BOB + " " + SERVER.newTenant().tenant();
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> create(owner, "once", "Only")));
      }
    }
    Set<JsonNode> bodies = new HashSet<>();
    for (Future<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).as(answer.get().body()).isLessThan(300);
      bodies.add(JsonMapper.shared().readTree(answer.get().body()));
    }
    assertThat(bodies).hasSize(1);
  }

  private static HttpResponse<String> create(String caller, String key, String name)
      throws Exception {
    return SERVER.send(
        SERVER
            .request("/v1/projects")
            .header("Content-Type", "application/json")
            .header(Strangers.HEADER, caller)
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
  }
}
