package dev.cofferdam.server.oauth.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.audit.read.StoredRecord;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.oidc.ScriptedIdp;
import dev.cofferdam.server.oauth.ForeignProgram;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens of an issuer that tests run themselves, exchanged over HTTP. */
class ExchangeTest {
  private static final String TYPE = "urn:ietf:params:oauth:token-type:";

  private static final List<Map<String, Object>> CONDITIONS =
      List.of(
          Map.of("claim", "repository", "values", List.of("acme/app")),
          Map.of("claim", "ref", "values", List.of("main", "release")));
  private static final ScriptedIdp IDP = idp();

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          "cofferdam.egress.allowed-to-tenants=127.0.0.1:" + IDP.port(),
          "cofferdam.limits.overrides.issue.address=100000 per 1m burst 100000",
          "cofferdam.limits.overrides.all.address=100000 per 1m burst 100000",
          "cofferdam.limits.overrides.failed-authentication.address=100000 per 1m burst 100000");

  private final Tenant acme = new Tenant();

  private static ScriptedIdp idp() {
    try {
      return new ScriptedIdp(Clock.systemUTC());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @AfterAll
  static void end() {
    IDP.end();
  }

  @AfterEach
  void behave() {
    IDP.keyStatus = 200;
  }

  /** A tenant with an owner. */
  private static final class Tenant {
    private final TenantId id = SERVER.newTenant().tenant();
    private final Browser owner = Browser.ofMember(SERVER, id.toString(), Role.OWNER);

    Answer trust(Map<String, ?> more) {
      Map<String, Object> body = new HashMap<>(Map.of("label", "builds", "issuer", IDP.issuer()));
      body.putAll(more);
      return owner.post("/v1/trusted-issuers", body);
    }

    String trusted() {
      return made(trust(Map.of()));
    }

    Answer rule(String issuer, Map<String, ?> more) {
      Map<String, Object> body =
          new HashMap<>(
              Map.of(
                  "label",
                  "app",
                  "conditions",
                  CONDITIONS,
                  "role",
                  "auditor",
                  "scopes",
                  List.of("tenant:read", "groups:read")));
      body.putAll(more);
      return owner.post("/v1/trusted-issuers/" + issuer + "/rules", body);
    }

    JsonNode readRule(String issuer) {
      return owner.get("/v1/trusted-issuers/" + issuer).body().path("rules").get(0);
    }

    List<AuditRecord> log(Predicate<AuditRecord> wanted) {
      return Scopes.call(
          new Scope.OfTenant(id, new Placement.Shared()),
          () ->
              SERVER.bean(Records.class).search(RecordQuery.all(200)).records().stream()
                  .map(StoredRecord::record)
                  .filter(wanted)
                  .toList());
    }
  }

  private static String made(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    assertThat(answer.header("Cofferdam-Receipt")).isNotEmpty();
    return answer.text("id");
  }

  /** An honest token for the audience, but for these claims. */
  private static String token(String audience, Map<String, ?> claims) {
    try {
      return IDP.signed(
          header -> {},
          body -> {
            body.put("aud", audience).put("repository", "acme/app").put("ref", "main");
            claims.forEach((name, value) -> body.set(name, JsonMapper.shared().valueToTree(value)));
          },
          "e");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> form(String rule, String token) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    form.put("client_id", rule);
    form.put("subject_token", token);
    form.put("subject_token_type", TYPE + "jwt");
    return form;
  }

  private static Answer exchange(Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return sent(
        SERVER
            .request("/oauth/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static Answer exchange(String rule, String token) {
    return exchange(form(rule, token));
  }

  private static String exchanged(String rule, String token) {
    Answer answer = exchange(rule, token);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.text("access_token");
  }

  private static Answer with(String token, String method, String path) {
    return sent(
        SERVER
            .request(path)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + token));
  }

  private static Answer sent(HttpRequest.Builder request) {
    try {
      return new Answer(SERVER.send(request));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void isRefusedSoon(String token) {
    Soon.holds(() -> with(token, "GET", "/v1/tenant").status() == 401);
  }

  @Test
  void aJobThatOthersWroteExchangesWhatItsPlatformSigned() throws Exception {
    String issuer = acme.trusted();
    String rule = made(acme.rule(issuer, Map.of()));
    ForeignProgram told =
        ForeignProgram.run(
            "exchange.mjs",
            SERVER.uri("").toString(),
            rule,
            token(issuer, Map.of("jti", UUID.randomUUID().toString())),
            "tenant:read",
            "tenant:read audit:read");
    assertThat(told.text("wider")).isEqualTo("invalid_scope");
    assertThat(told.text("audience")).isEqualTo("invalid_target");
    assertThat(told.text("type")).isEqualToIgnoringCase("bearer");
    assertThat(told.text("issued")).isEqualTo(TYPE + "access_token");
    assertThat(told.text("scope")).isEqualTo("tenant:read");
    assertThat(told.text("status")).isEqualTo("200");
    assertThat(told.text("again")).as("good once").isEqualTo("invalid_request");
  }

  @Test
  void whatAPlatformSignedOfItsProgramBecomesATokenOfTheTenant() {
    String issuer = acme.trusted();
    Answer rule = acme.rule(issuer, Map.of());
    made(rule);
    String subject = token(issuer, Map.of("sub", "ada@acme.example", "jti", "j-1"));

    Answer answer = exchange(rule.text("id"), subject);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.text("issued_token_type")).isEqualTo(TYPE + "access_token");
    assertThat(answer.text("token_type")).isEqualTo("Bearer");
    assertThat(answer.body().path("expires_in").asInt()).isEqualTo(300);
    assertThat(answer.text("scope")).isEqualTo("groups:read tenant:read");
    assertThat(answer.body().has("refresh_token")).isFalse();
    String token = answer.text("access_token");
    assertThat(with(token, "GET", "/v1/tenant").text("tenant_id")).isEqualTo(acme.id.toString());
    assertThat(with(token, "GET", "/v1/groups").status()).isEqualTo(200);
    assertThat(with(token, "GET", "/v1/members").text("code")).isEqualTo("insufficient_scope");
    assertThat(acme.readRule(issuer).path("used_at").asString("")).isNotEmpty();
    assertThat(acme.log(record -> record.action().equals("access_token.issued")))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.actor().kind()).isEqualTo("service");
              assertThat(record.actor().id()).isEqualTo(rule.text("service_id"));
              assertThat(record.details())
                  .containsEntry("issuer", IDP.issuer())
                  .containsEntry("trusted_issuer", issuer)
                  .containsEntry("claims", "ref repository")
                  .containsEntry("scopes", "groups:read tenant:read");
              assertThat(record.toString())
                  .doesNotContain("ada@acme.example")
                  .doesNotContain("acme/app");
            });
  }

  @Test
  void anExchangedTokenIsNoPersons() {
    String issuer = acme.trusted();
    String rule =
        made(
            acme.rule(
                issuer,
                Map.of(
                    "role",
                    "admin",
                    "scopes",
                    List.of("tenant:read", "members:read", "groups:read"))));
    String token = exchanged(rule, token(issuer, Map.of()));
    for (String route :
        List.of("GET /v1/me", "POST /v1/tokens", "POST /v1/service-tokens", "GET /home")) {
      assertThat(denied(token, route)).as(route).contains("person_required");
    }
    // What is for owners is not for it either, since no service is one.
    for (String route :
        List.of(
            "POST /v1/trusted-issuers",
            "POST /v1/trusted-issuers/" + issuer + "/rules",
            "DELETE /v1/trusted-issuers/" + issuer,
            "POST /v1/domains")) {
      assertThat(denied(token, route)).as(route).contains("forbidden");
    }
  }

  private static String denied(String token, String route) {
    String[] words = route.split(" ");
    Answer refused = with(token, words[0], words[1]);
    assertThat(refused.status()).as(route).isEqualTo(403);
    return refused.http().body();
  }

  static List<Arguments> cases() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ExchangeTest.class.getResourceAsStream("exchange.cases"))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray())
          .map(Arguments::of)
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}: {5}")
  @MethodSource("cases")
  void eachRequestIsAnsweredAsTheTableSays(
      String what,
      String changes,
      String header,
      String claims,
      String by,
      String expected,
      String remembered)
      throws Exception {
    String issuer = acme.trusted();
    String rule = made(acme.rule(issuer, Map.of()));
    String subject =
        IDP.signed(
            head -> change(head, header, issuer, rule),
            body -> {
              body.put("aud", issuer).put("repository", "acme/app").put("ref", "main");
              change(body, claims, issuer, rule);
            },
            by);
    ObjectNode form = JsonMapper.shared().valueToTree(form(rule, subject));
    change(form, changes, issuer, rule);
    Map<String, String> fields = new HashMap<>();
    form.properties().forEach(one -> fields.put(one.getKey(), one.getValue().asString()));

    Answer answer = exchange(fields);

    String[] words = expected.split(" ");
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(Integer.parseInt(words[0]));
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    if (words.length > 1) {
      assertThat(answer.text("error")).isEqualTo(words[1]);
      assertThat(answer.http().body()).doesNotContain("acme/app").doesNotContain(subject);
    } else {
      assertThat(answer.text("access_token")).isNotEmpty();
    }
    assertThat(acme.readRule(issuer).path("refused_because").asString("-")).isEqualTo(remembered);
  }

  private static void change(ObjectNode json, String changes, String issuer, String rule) {
    for (Map.Entry<String, JsonNode> one :
        ((ObjectNode) JsonMapper.shared().readTree(changes)).properties()) {
      if (one.getValue().isNull()) {
        json.remove(one.getKey());
      } else {
        json.set(one.getKey(), put(one.getValue(), issuer, rule));
      }
    }
  }

  private static JsonNode put(JsonNode value, String issuer, String rule) {
    if (value instanceof ArrayNode list) {
      ArrayNode put = JsonMapper.shared().createArrayNode();
      list.forEach(one -> put.add(put(one, issuer, rule)));
      return put;
    }
    if (!value.isString()) {
      return value;
    }
    String text = value.asString();
    if (text.startsWith("now")) {
      return JsonMapper.shared()
          .valueToTree(
              new BigDecimal(Clock.systemUTC().instant().getEpochSecond())
                  .add(new BigDecimal(text.substring(3))));
    }
    if (text.equals("(jwk)")) {
      return JsonMapper.shared().valueToTree(IDP.embedded("absent"));
    }
    return JsonMapper.shared()
        .valueToTree(
            text.replace("(audience)", issuer)
                .replace("(origin)", SERVER.uri("").toString())
                .replace("(RULE)", rule.toUpperCase(Locale.ROOT)));
  }

  @Test
  void aTokenIsExchangedOnceAlsoOfAHundredAtOnce() throws Exception {
    String issuer = acme.trusted();
    Answer rule = acme.rule(issuer, Map.of());
    String id = made(rule);
    String other = made(acme.rule(issuer, Map.of("label", "the same again")));
    String subject = token(issuer, Map.of("jti", "only-once"));
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all =
          IntStream.range(0, 100)
              .mapToObj(
                  n ->
                      threads.submit(
                          () -> {
                            go.await();
                            return exchange(id, subject).status();
                          }))
              .toList();
      go.countDown();
      int good = 0;
      for (Future<Integer> one : all) {
        good += one.get() == 200 ? 1 : 0;
      }
      assertThat(good).isEqualTo(1);
    }
    Answer again = exchange(id, subject);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text("error")).isEqualTo("invalid_request");
    assertThat(exchange(other, subject).status()).as("by another rule").isEqualTo(400);
    assertThat(exchange(id, token(issuer, Map.of("jti", "only-once", "sub", "b"))).status())
        .as("another that is called the same")
        .isEqualTo(400);
    assertThat(acme.log(record -> record.action().equals("access_token.issued"))).hasSize(1);
    assertThat(
            acme.log(
                record ->
                    record.actor().kind().equals("service")
                        && record.details().containsValue("replayed")))
        .as("the second use is a record of the service's")
        .isNotEmpty()
        .allSatisfy(record -> assertThat(record.outcome().name()).isEqualTo("DENIED"));
  }

  @Test
  void aTokenWithoutANameIsGoodOnceTooWhicheverSignatureItHas() {
    String issuer = acme.trusted();
    String rule = made(acme.rule(issuer, Map.of()));
    long now = Clock.systemUTC().instant().getEpochSecond();
    Map<String, Long> times = Map.of("iat", now, "exp", now + 300, "auth_time", now);
    String one = token(issuer, times);
    String resigned = token(issuer, times);
    assertThat(resigned).isNotEqualTo(one);
    exchanged(rule, one);
    assertThat(exchange(rule, one).status()).isEqualTo(400);
    assertThat(exchange(rule, resigned).status()).isEqualTo(400);
    exchanged(rule, token(issuer, Map.of("iat", now - 1)));
  }

  @Test
  void whereATenantSaysSoATokenIsGoodUntilItEnds() {
    String issuer = made(acme.trust(Map.of("reusable", true)));
    String rule = made(acme.rule(issuer, Map.of()));
    String subject = token(issuer, Map.of("jti", "in-a-file"));
    exchanged(rule, subject);
    exchanged(rule, subject);
  }

  @Test
  void aTokenForOneTenantIsNoneForAnother() {
    Tenant rival = new Tenant();
    String ours = acme.trusted();
    String theirs = rival.trusted();
    String rule = made(acme.rule(ours, Map.of()));
    String rivals = made(rival.rule(theirs, Map.of()));
    // Both trust the same issuer, by the same claims.
    assertThat(exchange(rivals, token(ours, Map.of())).status()).isEqualTo(400);
    assertThat(exchange(rule, token(theirs, Map.of())).status()).isEqualTo(400);
    String token = exchanged(rule, token(ours, Map.of()));
    assertThat(with(token, "GET", "/v1/tenant").text("tenant_id")).isEqualTo(acme.id.toString());

    assertThat(rival.owner.get("/v1/trusted-issuers/" + ours).status()).isEqualTo(404);
    assertThat(rival.rule(ours, Map.of()).status()).isEqualTo(404);
    assertThat(rival.owner.write("DELETE", rulePath(ours, rule), null).status()).isEqualTo(404);
    assertThat(rival.owner.write("DELETE", "/v1/trusted-issuers/" + ours, null).status())
        .isEqualTo(404);
    assertThat(rival.rule(theirs, Map.of("service_id", serviceOf(ours))).status())
        .as("nor is a service of one a service of the other")
        .isEqualTo(404);
    assertThat(with(token, "GET", "/v1/tenant").status()).isEqualTo(200);
  }

  private String serviceOf(String issuer) {
    return acme.readRule(issuer).path("service_id").asString();
  }

  private static String rulePath(String issuer, String rule) {
    return "/v1/trusted-issuers/" + issuer + "/rules/" + rule;
  }

  @Test
  void withTheRuleEndsWhatWasExchangedByIt() {
    String issuer = acme.trusted();
    String rule = made(acme.rule(issuer, Map.of()));
    String stays = made(acme.rule(issuer, Map.of("label", "another")));
    String token = exchanged(rule, token(issuer, Map.of("jti", "a")));
    String other = exchanged(stays, token(issuer, Map.of("jti", "b")));
    assertThat(with(token, "GET", "/v1/tenant").status()).isEqualTo(200);

    assertThat(acme.owner.write("DELETE", rulePath(issuer, rule), null).status()).isEqualTo(200);

    isRefusedSoon(token);
    assertThat(exchange(rule, token(issuer, Map.of("jti", "c"))).text("error"))
        .isEqualTo("invalid_client");
    assertThat(with(other, "GET", "/v1/tenant").status()).isEqualTo(200);
    assertThat(acme.log(record -> record.action().equals("exchange_rule.removed"))).hasSize(1);
  }

  @Test
  void withTheIssuerEndsWhatWasExchangedByAnyRuleOfIt() {
    String issuer = acme.trusted();
    String rule = made(acme.rule(issuer, Map.of()));
    String token = exchanged(rule, token(issuer, Map.of()));
    assertThat(with(token, "GET", "/v1/tenant").status()).isEqualTo(200);

    assertThat(acme.owner.write("DELETE", "/v1/trusted-issuers/" + issuer, null).status())
        .isEqualTo(200);

    isRefusedSoon(token);
    assertThat(acme.owner.get("/v1/trusted-issuers/" + issuer).status()).isEqualTo(404);
    assertThat(
            SERVER
                .superuser()
                .sql(
                    """
                    select (select count(*) from oauth.exchange_rule_place where rule_id = :rule)
                         + (select count(*) from oauth.exchanged_token where issuer_id = :issuer)
                    """)
                .param("rule", UUID.fromString(rule))
                .param("issuer", UUID.fromString(issuer))
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void aClientThatOthersWroteExchangesAToken() throws Exception {
    String issuer = acme.trusted();
    String rule = made(acme.rule(issuer, Map.of()));
    TokenExchangeGrant grant =
        new TokenExchangeGrant(
            new TypelessToken(token(issuer, Map.of("jti", UUID.randomUUID().toString()))),
            TokenTypeURI.JWT);
    TokenResponse response =
        TokenResponse.parse(
            new TokenRequest.Builder(SERVER.uri("/oauth/token"), new ClientID(rule), grant)
                .scope(new com.nimbusds.oauth2.sdk.Scope("tenant:read"))
                .build()
                .toHTTPRequest()
                .send());

    assertThat(response.indicatesSuccess()).as(response.toHTTPResponse().getBody()).isTrue();
    AccessToken token = response.toSuccessResponse().getTokens().getAccessToken();
    assertThat(token.getIssuedTokenType()).isEqualTo(TokenTypeURI.ACCESS_TOKEN);
    assertThat(token.getScope().toStringList()).containsExactly("tenant:read");
    assertThat(with(token.getValue(), "GET", "/v1/tenant").status()).isEqualTo(200);
  }

  @Test
  void nothingIsExchangedForATenantThatIsClosed() {
    String issuer = acme.trusted();
    String rule = made(acme.rule(issuer, Map.of()));
    SERVER.bean(Tenants.class).suspend(acme.id);
    // The gate remembers for a second.
    Answer answer =
        Soon.first(
            () -> exchange(rule, token(issuer, Map.of("jti", UUID.randomUUID().toString()))),
            shown -> shown.status() != 200);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error")).isEqualTo("unauthorized_client");
  }

  @Test
  void keysThatCannotBeHadAreToldAsSuch() {
    String issuer = acme.trusted();
    String rule = made(acme.rule(issuer, Map.of()));
    IDP.keyStatus = 500;
    Answer away = exchange(rule, token(issuer, Map.of()));
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.text("error")).isEqualTo("temporarily_unavailable");
    assertThat(away.header("Retry-After")).isEqualTo("5");
    assertThat(acme.readRule(issuer).path("refused_because").asString()).isEqualTo("keys");
  }

  @Test
  void twoRulesMayMakeOneService() {
    String issuer = acme.trusted();
    made(acme.rule(issuer, Map.of()));
    String service = serviceOf(issuer);
    String second = made(acme.trust(Map.of("label", "the other cluster")));
    Answer joined = acme.rule(second, Map.of("service_id", service));
    made(joined);
    assertThat(joined.text("service_id")).isEqualTo(service);
    Answer higher = acme.rule(second, Map.of("service_id", service, "role", "admin"));
    assertThat(higher.status()).isEqualTo(422);
    assertThat(higher.text("field")).isEqualTo("role");
    assertThat(acme.rule(second, Map.of("service_id", UUID.randomUUID().toString())).status())
        .isEqualTo(404);
    assertThat(acme.rule(issuer, Map.of()).text("service_id")).isNotEqualTo(service);
  }

  @Test
  void aRuleOfAnIssuerThatSignsForEverybodySaysWhoseProgramItMeans() {
    String issuer =
        made(acme.trust(Map.of("issuer", "https://token.actions.githubusercontent.com")));
    Answer anybodys =
        acme.rule(
            issuer,
            Map.of(
                "conditions",
                List.of(Map.of("claim", "ref", "values", List.of("refs/heads/main")))));
    assertThat(anybodys.status()).isEqualTo(422);
    assertThat(anybodys.text("field")).isEqualTo("conditions");
    made(acme.rule(issuer, Map.of()));
  }

  @Test
  void aFieldThatCannotBeIsNamed() {
    String issuer = acme.trusted();
    Map<String, Map<String, Object>> wrong =
        Map.of(
            "label", Map.of("label", " "),
            "issuer", Map.of("issuer", "http://idp.example"),
            "jwks_url", Map.of("jwks_url", "http://idp.example/keys"),
            "audience", Map.of("audience", "two words"));
    wrong.forEach(
        (field, body) -> {
          Answer refused = acme.trust(body);
          assertThat(refused.status()).as(field).isEqualTo(422);
          assertThat(refused.text("field")).isEqualTo(field);
        });
    List<List<Map<String, Object>>> noConditions =
        List.of(
            List.of(),
            List.of(Map.of("claim", "", "values", List.of("a"))),
            List.of(Map.of("claim", "ref", "values", List.of())),
            List.of(Map.of("claim", "ref", "values", List.of(""))),
            List.of(Map.of("claim", "ref", "values", List.of("a", "a"))),
            List.of(Map.of("claim", "aud", "values", List.of("a"))),
            List.of(
                Map.of("claim", "ref", "values", List.of("a")),
                Map.of("claim", "ref", "values", List.of("b"))));
    for (List<Map<String, Object>> conditions : noConditions) {
      Answer refused = acme.rule(issuer, Map.of("conditions", conditions));
      assertThat(refused.status()).as(conditions.toString()).isEqualTo(422);
      assertThat(refused.text("field")).isEqualTo("conditions");
    }
    assertThat(acme.rule(issuer, Map.of("role", "owner")).text("field")).isEqualTo("role");
    assertThat(acme.rule(issuer, Map.of("scopes", List.of())).text("field")).isEqualTo("scopes");
  }

  @Test
  void ownersAloneSayWhomATenantTrusts() {
    String issuer = acme.trusted();
    String rule = made(acme.rule(issuer, Map.of()));
    for (Role role : List.of(Role.ADMIN, Role.AUDITOR, Role.MEMBER)) {
      Browser other = Browser.ofMember(SERVER, acme.id.toString(), role);
      assertThat(other.get("/v1/trusted-issuers").status())
          .isEqualTo(role == Role.MEMBER ? 403 : 200);
      assertThat(
              other
                  .post("/v1/trusted-issuers", Map.of("label", "a", "issuer", IDP.issuer()))
                  .status())
          .isEqualTo(403);
      assertThat(other.post("/v1/trusted-issuers/" + issuer + "/rules", Map.of()).status())
          .isEqualTo(403);
      assertThat(other.write("DELETE", rulePath(issuer, rule), null).status()).isEqualTo(403);
      assertThat(other.write("DELETE", "/v1/trusted-issuers/" + issuer, null).status())
          .isEqualTo(403);
    }
  }

  @Test
  void whatIsWrittenInATenantsScopeMakesNoRule() {
    String issuer = acme.trusted();
    for (String sql :
        List.of(
            "insert into oauth.exchange_rule (tenant_id, rule_id, issuer_id, label, conditions, service_id, role, scopes,"
                + " made_by, created_at) select tenant_id, gen_random_uuid(), issuer_id, 'x', '[{}]', gen_random_uuid(),"
                + " 'admin', '{audit:read}', made_by, now() from oauth.trusted_issuer",
            "update oauth.exchange_rule set role = 'admin'",
            "update oauth.trusted_issuer set issuer = 'https://evil.example'",
            "select * from oauth.exchanged_token",
            "select * from oauth.exchange_rule_place")) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () ->
                      Scopes.run(
                          new Scope.OfTenant(acme.id, new Placement.Shared()),
                          () ->
                              SERVER
                                  .bean(org.springframework.jdbc.core.simple.JdbcClient.class)
                                  .sql(sql)
                                  .query((row, n) -> n)
                                  .list())))
          .as(sql)
          .hasStackTraceContaining("permission denied");
    }
    assertThat(acme.owner.get("/v1/trusted-issuers/" + issuer).body().path("rules")).isEmpty();
  }
}
