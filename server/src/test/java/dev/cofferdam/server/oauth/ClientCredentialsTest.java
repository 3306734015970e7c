package dev.cofferdam.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.audit.read.StoredRecord;
import dev.cofferdam.server.oauth.PlantedClient.Answer;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that acts as itself gets tokens over HTTP, and programs get in with them. */
class ClientCredentialsTest {
  /** All that is wrong comes from one address. */
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final PlantedClient client =
      PlantedClient.in(SERVER, tenant.tenant(), "auditor", "tenant:read", "groups:read");

  private Answer read(String path, String token) {
    return client.get(path, "Authorization", "Bearer " + token);
  }

  private List<AuditRecord> log() {
    return Scopes.call(
        tenant,
        () ->
            SERVER.bean(Records.class).search(RecordQuery.all(200)).records().stream()
                .map(StoredRecord::record)
                .toList());
  }

  @Test
  void aTokenSaysWhatItIsAndReadsWhatItsScopesSay() throws Exception {
    Answer answer = client.post("/oauth/token", client.form());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(answer.text("token_type")).isEqualTo("Bearer");
    assertThat(answer.json().path("expires_in").asInt()).isEqualTo(300);
    assertThat(answer.text("scope")).isEqualTo("groups:read tenant:read");

    SignedJWT token = SignedJWT.parse(answer.text("access_token"));
    assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(client.get("/oauth/jwks").header("Cache-Control")).isEqualTo("max-age=600, public");
    JWK key =
        JWKSet.parse(client.get("/oauth/jwks").body()).getKeyByKeyId(token.getHeader().getKeyID());
    assertThat(token.verify(new ECDSAVerifier((ECKey) key))).isTrue();
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(client.issuer());
    assertThat(claims.getAudience()).containsExactly(client.issuer() + "/");
    assertThat(claims.getSubject()).isEqualTo(client.id.toString());
    assertThat(claims.getStringClaim("client_id")).isEqualTo(client.id.toString());
    assertThat(claims.getStringClaim("tenant_id")).isEqualTo(tenant.tenant().toString());
    assertThat(claims.getStringClaim("scope")).isEqualTo("groups:read tenant:read");
    assertThat(claims.getJWTID()).isNotEmpty();
    assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
        .isEqualTo(300_000);
    assertThat(claims.getClaims()).doesNotContainKeys("auth_time", "acr", "cnf");

    assertThat(read("/v1/tenant", answer.text("access_token")).text("tenant_id"))
        .isEqualTo(tenant.tenant().toString());
    assertThat(read("/v1/members", answer.text("access_token")).text("code"))
        .isEqualTo("insufficient_scope");
    assertThat(read("/v1/me", answer.text("access_token")).text("code"))
        .isEqualTo("person_required");
    assertThat(log())
        .filteredOn(record -> record.action().equals("access_token.issued"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.actor().kind()).isEqualTo("service");
              assertThat(record.actor().id()).isEqualTo(client.id.toString());
              assertThat(record.details()).containsEntry("scopes", "groups:read tenant:read");
            });
    assertThat(log())
        .as("the denials, by the same service")
        .filteredOn(record -> record.actor().kind().equals("service"))
        .extracting(AuditRecord::action)
        .contains("membership.list");
  }

  @Test
  void aTokenIsForWhatWasAskedForAndNoMore() {
    String narrow = client.token("scope", "tenant:read");
    assertThat(read("/v1/tenant", narrow).status()).isEqualTo(200);
    assertThat(read("/v1/groups", narrow).text("code")).isEqualTo("insufficient_scope");
    assertThat(client.token("resource", client.issuer())).isNotEmpty();
    assertThat(client.token("resource", client.issuer() + "/")).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "token-errors.csv", numLinesToSkip = 1, nullValues = "-")
  void eachErrorOfTheTokenEndpointHasItsCodeAndIsRecordedWhereSomebodyIsKnown(
      String what, String field, @Nullable String value, int status, String error, int records) {
    Map<String, String> form = client.form();
    if (value == null) {
      form.remove(field);
    } else {
      form.put(field, value.replace("{id}", client.id.toString()));
    }
    Answer answer = client.post("/oauth/token", form);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.text("error")).isEqualTo(error);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).doesNotContain("xception").doesNotContain(client.assertion());
    assertThat(log().stream().filter(record -> record.action().equals("access_token.issue")))
        .hasSize(records);
  }

  @Test
  void aFormComesOnceAndInTheBodyAlone() {
    String form = PlantedClient.encoded(client.form());
    for (Answer answer :
        List.of(
            client.post("/oauth/token", form + "&grant_type=client_credentials"),
            client.post("/oauth/token", form + "&scope=tenant%3Aread&scope=tenant%3Aread"),
            client.post("/oauth/token?" + form, ""),
            client.post("/oauth/token?scope=tenant%3Aread", form),
            client.post("/oauth/token", ""))) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.text("error")).isEqualTo("invalid_request");
    }
    Answer json =
        PlantedClient.sent(
            SERVER,
            SERVER
                .request("/oauth/token")
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(json.status()).isEqualTo(415);
    assertThat(json.text("error")).isEqualTo("invalid_request");
    Answer unknown = client.post("/oauth/token", form + "&something=else&scope=");
    assertThat(unknown.status()).as("what nobody knows is left alone").isEqualTo(200);
  }

  @Test
  void whoeverShowsAnotherCredentialIsNoClient() {
    Answer answer =
        client.post("/oauth/token", client.form(), "Authorization", "Basic Y2xpZW50OnNlY3JldA==");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text("error")).isEqualTo("invalid_client");
    assertThat(answer.header("WWW-Authenticate")).isNotEmpty();
  }

  /** A sound assertion with one thing wrong. */
  record Flaw(
      String name,
      UnaryOperator<JWSHeader.Builder> header,
      UnaryOperator<JWTClaimsSet.Builder> claims) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Flaw says(String name, UnaryOperator<JWTClaimsSet.Builder> claims) {
    return new Flaw(name, header -> header, claims);
  }

  private static Flaw says(String name, String claim, @Nullable Object value) {
    return says(name, claims -> claims.claim(claim, value));
  }

  private static Date in(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  static Stream<Flaw> flaws() {
    return Stream.of(
        says("of another subject", "sub", UUID.randomUUID().toString()),
        says("of another issuer", "iss", UUID.randomUUID().toString()),
        says("of nobody", claims -> claims.issuer(null).subject(null)),
        says("for another server", "aud", "https://elsewhere.example"),
        says("for nobody", "aud", null),
        says(
            "for two servers",
            claims ->
                claims.audience(List.of("https://elsewhere.example", SERVER.uri("").toString()))),
        says("without an end", "exp", null),
        says("that has ended", claims -> claims.expirationTime(in(-31))),
        says("that is good for a day", claims -> claims.expirationTime(in(86_400))),
        says("that is to begin later", claims -> claims.notBeforeTime(in(60))),
        says("made in the future", claims -> claims.issueTime(in(60))),
        says("without a name", "jti", null),
        says("with a name of a thousand letters", "jti", "x".repeat(1000)),
        new Flaw(
            "that says it is an access token",
            header -> header.type(new com.nimbusds.jose.JOSEObjectType("at+jwt")),
            claims -> claims),
        new Flaw(
            "that brings its key along",
            header -> header.jwk(PlantedClient.key().toPublicJWK()),
            claims -> claims),
        new Flaw(
            "that names a key that there is not",
            header -> header.keyID("other"),
            claims -> claims));
  }

  @ParameterizedTest(name = "an assertion {0}")
  @MethodSource("flaws")
  void anAssertionWithAFlawIsNone(Flaw flaw) {
    assertRefused(
        PlantedClient.signed(
            flaw.header().apply(client.header()),
            flaw.claims().apply(client.claims()).build(),
            client.key));
  }

  private void assertRefused(String assertion) {
    Answer answer = client.post("/oauth/token", client.form("client_assertion", assertion));
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.text("error")).isEqualTo("invalid_client");
  }

  @Test
  void anAssertionByAnotherKeyOrOfAnotherClientIsNone() {
    PlantedClient other = PlantedClient.in(SERVER, tenant.tenant(), "member", "tenant:read");
    assertRefused(PlantedClient.signed(client.header(), client.claims().build(), other.key));
    Answer mixed = client.post("/oauth/token", client.form("client_id", other.id.toString()));
    assertThat(mixed.text("error")).isEqualTo("invalid_client");
    client.end();
    assertRefused(client.assertion());
  }

  @Test
  void anAssertionIsGoodOnceAlsoWhenItIsShownAHundredTimesAtOnce() throws Exception {
    Map<String, String> form = new LinkedHashMap<>(client.form());
    List<Callable<Integer>> tries = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      tries.add(() -> client.post("/oauth/token", form).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(tries)) {
        statuses.add(each.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).allMatch(status -> status == 200 || status == 401 || status == 429);
  }

  @Test
  void aTokenOfAClientThatWasEndedIsRefusedWithinASecond() {
    String token = client.token();
    assertThat(read("/v1/tenant", token).status()).isEqualTo(200);
    client.end();
    Soon.holds(() -> read("/v1/tenant", token).status() == 401);
  }

  @Test
  void aClientThatWasEndedIsNobodyWithinASecondAlsoWhereItWasRemembered() {
    String token = client.token();
    assertThat(introspected(token).status()).isEqualTo(200);
    client.end();
    assertThat(client.post("/oauth/token", client.form()).status()).isEqualTo(401);
    Soon.holds(() -> introspected(token).status() == 401);
  }

  @Test
  void aTokenThatItsClientGivesUpIsRefusedWithinASecondAndItsOthersAreNot() throws Exception {
    String token = client.token();
    String other = client.token();
    PlantedClient stranger = PlantedClient.in(SERVER, tenant.tenant(), "member", "tenant:read");
    assertThat(read("/v1/tenant", token).status()).isEqualTo(200);
    assertThat(revoked(stranger, token).status()).as("told the same").isEqualTo(200);
    Answer told = revoked(client, token);
    assertThat(told.status()).as(told.body()).isEqualTo(200);
    assertThat(told.header("Cofferdam-Receipt")).isNotEmpty();
    Soon.holds(() -> read("/v1/tenant", token).status() == 401);
    assertThat(introspected(token).body()).isEqualTo("{\"active\":false}");
    assertThat(read("/v1/tenant", other).status()).isEqualTo(200);
    assertThat(revoked(client, token).header("Cofferdam-Receipt")).as("gone before").isEmpty();
    assertThat(log())
        .filteredOn(record -> record.action().equals("access_token.revoked"))
        .singleElement()
        .satisfies(record -> assertThat(record.actor().id()).isEqualTo(client.id.toString()));
    assertThat(
            SERVER
                .superuser()
                .sql(
                    """
                    select count(*) from oauth.ended_token
                     where token_id = :token and expires_at > now()
                    """)
                .param(
                    "token", UUID.fromString(SignedJWT.parse(token).getJWTClaimsSet().getJWTID()))
                .query(Integer.class)
                .single())
        .as("remembered for as long as it could be shown")
        .isOne();
  }

  private static Answer revoked(PlantedClient by, String token) {
    Map<String, String> form = by.form("token", token);
    form.remove("grant_type");
    return by.post("/oauth/revoke", form);
  }

  private PlantedClient.Answer introspected(String token) {
    Map<String, String> form = client.form("token", token);
    form.remove("grant_type");
    return client.post("/oauth/introspect", form);
  }

  @Test
  void introspectionTellsAClientOfTheSameTenantAndNobodyElse() {
    String token = client.token("scope", "tenant:read");
    PlantedClient other = PlantedClient.in(SERVER, tenant.tenant(), "member", "tenant:read");
    Answer answer = other.post("/oauth/introspect", other.form("token", token));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("active").asBoolean()).isTrue();
    assertThat(answer.text("client_id")).isEqualTo(client.id.toString());
    assertThat(answer.text("scope")).isEqualTo("tenant:read");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");

    PlantedClient stranger =
        PlantedClient.in(SERVER, SERVER.newTenant().tenant(), "admin", "tenant:read");
    for (String shown : List.of(token, "no token", token + "x")) {
      assertThat(stranger.post("/oauth/introspect", stranger.form("token", shown)).body())
          .isEqualTo("{\"active\":false}");
    }
    Map<String, String> anonymous = Map.of("token", token, "client_id", client.id.toString());
    assertThat(client.post("/oauth/introspect", anonymous).text("error"))
        .isEqualTo("invalid_client");
    client.end();
    assertThat(other.post("/oauth/introspect", other.form("token", client.id.toString())).body())
        .isEqualTo("{\"active\":false}");
  }
}
