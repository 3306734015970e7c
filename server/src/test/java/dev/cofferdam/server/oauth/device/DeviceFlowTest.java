package dev.cofferdam.server.oauth.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.oauth.authorization.AskingClient;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From what a program without a browser asks to what it reads, over HTTP. */
class DeviceFlowTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("d" + UUID.randomUUID().toString().substring(0, 13));

  private static AskingDevice device() {
    return AskingDevice.asking(SERVER, AskingDevice.COMMAND_LINE);
  }

  private static Answer get(String token, String path) throws Exception {
    return new Answer(
        SERVER.send(SERVER.request(path).header("Authorization", "Bearer " + token).GET()));
  }

  private static void dead(String token) {
    Soon.holds(() -> get(token, "/v1/tenant").status() == 401);
  }

  /** What is recorded of devices and what they began; its leaf follows a record within a moment. */
  private void assertRecorded(String... expected) {
    assertThat(Soon.first(this::actions, seen -> seen.size() >= expected.length))
        .containsExactly(expected);
  }

  private List<String> actions() {
    return Scopes.call(
        new Scope.OfTenant(new TenantId(UUID.fromString(tenant)), new Placement.Shared()),
        () ->
            SERVER.bean(Records.class).search(RecordQuery.all(200)).records().stream()
                .map(stored -> stored.record().action())
                .filter(action -> action.matches("(client_grant|device)[.].*"))
                .sorted()
                .toList());
  }

  @Test
  void aProgramActsForWhoeverTypedItsCodeAndAllowedIt() throws Exception {
    Answer asked =
        AskingDevice.post(SERVER, "/oauth/device", Map.of("client_id", AskingDevice.COMMAND_LINE));
    assertThat(asked.status()).as(asked.http().body()).isEqualTo(200);
    assertThat(asked.header("Cache-Control")).contains("no-store");
    assertThat(asked.text("device_code")).matches("cofferdam_dev_[0-9a-f]{128}");
    assertThat(asked.text("user_code")).matches("[A-Z]{4}-[A-Z]{4}");
    assertThat(asked.text("verification_uri")).isEqualTo(SERVER.uri("/device").toString());
    assertThat(asked.body().has("verification_uri_complete"))
        .as("nobody is led past the typing")
        .isFalse();
    assertThat(asked.body().path("expires_in").asInt()).isEqualTo(600);
    assertThat(asked.body().path("interval").asInt()).isEqualTo(5);

    AskingDevice device = device();
    assertThat(device.poll().text("error")).isEqualTo("authorization_pending");
    assertThat(device.poll().text("error")).as("at once again").isEqualTo("slow_down");

    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    assertThat(member.get("/device").http().body()).contains("Type the code", "Acme");
    Answer page =
        member.form(
            "/device",
            member.token(),
            Map.of("code", " " + device.typed.toLowerCase(Locale.ROOT).replace('-', ' ')));
    assertThat(page.status()).as(page.http().body()).isEqualTo(200);
    assertThat(page.http().body())
        .contains("Cofferdam command line asks for access", "nobody but itself", "Acme")
        .contains("127.0.0.1", "the address that you are at too")
        .contains("see the name and state of the workspace")
        .doesNotContain("see its people", device.code);
    Answer answered = device.answered(member, "allow");
    assertThat(answered.status()).as(answered.http().body()).isEqualTo(303);
    assertThat(answered.header("Location")).isEqualTo("/device/answered");
    assertThat(answered.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(member.get("/device/answered").http().body()).contains("Go back to your other");

    Answer issued = device.poll();
    assertThat(issued.status()).as(issued.http().body()).isEqualTo(200);
    assertThat(issued.text("scope")).isEqualTo("tenant:read");
    assertThat(issued.text("token_type")).isEqualTo("Bearer");
    assertThat(issued.header("Cofferdam-Receipt")).isNotEmpty();
    String token = issued.text("access_token");
    assertThat(get(token, "/v1/tenant").text("tenant_id")).isEqualTo(tenant);
    assertThat(member.get("/v1/client-grants").body().path("items").toString())
        .contains("Cofferdam command line");

    Answer renewed =
        AskingDevice.post(
            SERVER,
            "/oauth/token",
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                device.client,
                "refresh_token",
                issued.text("refresh_token")));
    assertThat(renewed.status()).as(renewed.http().body()).isEqualTo(200);
    assertRecorded("client_grant.begun", "client_grant.refreshed", "device.allowed");

    assertThat(device.poll().text("error")).as("it comes again").isEqualTo("invalid_grant");
    dead(renewed.text("access_token"));
  }

  @Test
  void whoDoesNotWantItSaysSoAndTheProgramIsTold() {
    AskingDevice device = device();
    assertThat(device.answered(owner, "deny").status()).isEqualTo(303);
    assertThat(device.poll().text("error")).isEqualTo("access_denied");
    assertThat(device.poll().text("error")).isEqualTo("access_denied");
    assertThat(device.answered(owner, "allow").status()).as("it was answered").isEqualTo(422);
    assertThat(device.poll().text("error")).isEqualTo("access_denied");
    assertRecorded("device.denied", "device.open");
  }

  @Test
  void noAddressLeadsPastTheTypingAndNobodyAnswersWhatTheyDidNotType() throws Exception {
    AskingDevice device = device();
    for (String parameter : List.of("user_code", "code")) {
      Answer led = owner.get("/device?" + parameter + "=" + device.typed);
      assertThat(led.http().body())
          .contains("Type the code")
          .doesNotContain(device.typed, device.typed.replace("-", ""));
    }
    Answer stranger = new Answer(SERVER.get("/device"));
    assertThat(stranger.header("Location")).isEqualTo("/sign-in?return_to=%2Fdevice");
    assertThat(
            owner
                .form("/device/answer", "forged", Map.of("code", device.typed, "answer", "allow"))
                .status())
        .isEqualTo(403);
    for (String typed : List.of("BBBB-BBBB", "x", device.code)) {
      Answer wrong = owner.form("/device", owner.token(), Map.of("code", typed));
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.http().body()).contains("No program waits with this code");
    }
    assertThat(device.poll().text("error")).isEqualTo("authorization_pending");
    assertRecorded("device.answer", "device.open", "device.open", "device.open");
  }

  @Test
  void whoWorksNowhereChoosesTheTenantFirstAndTypesTheCodeThen() {
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    assertThat(member.write("DELETE", "/v1/session/workspace", null).status()).isEqualTo(200);
    assertThat(member.get("/device").http().body()).contains("Where may the program act?");
    AskingDevice device = device();
    assertThat(device.opened(member).status()).isEqualTo(403);
    Answer chosen = member.form("/device/workspace", member.token(), Map.of("choice", tenant));
    assertThat(chosen.status()).as(chosen.http().body()).isEqualTo(303);
    assertThat(chosen.header("Location")).isEqualTo("/device");
    assertThat(device.opened(member).status()).isEqualTo(200);
  }

  @Test
  void aClientOfATenantAsksInThatTenantAlone() {
    AskingClient client = AskingClient.registered(SERVER, owner);
    AskingDevice device = AskingDevice.asking(SERVER, client.id);
    Browser stranger = Browser.ofSomebody(SERVER);
    stranger.inOwnTenant("e" + UUID.randomUUID().toString().substring(0, 13));
    assertThat(device.opened(stranger).status()).as("there is none for them").isEqualTo(422);
    assertThat(device.answered(stranger, "allow").status()).isEqualTo(404);
    Browser both = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    both.inOwnTenant("f" + UUID.randomUUID().toString().substring(0, 13));
    assertThat(device.opened(both).http().body())
        .contains("Where may the program act?", tenant)
        .containsOnlyOnce("name=\"choice\"");
    both.enter(tenant);
    assertThat(device.opened(both).http().body())
        .contains("A client asks for access", "nobody but itself: this workspace has registered");
    assertThat(device.answered(both, "allow").status()).isEqualTo(303);
    assertThat(device.poll().status()).isEqualTo(200);
  }

  @Test
  void aCodeIsRedeemedByItsOwnClientAloneAndNotUsedUpByAnother() {
    AskingClient other = AskingClient.registered(SERVER, owner);
    AskingDevice device = device();
    device.answered(owner, "allow");
    Map<String, String> stolen = device.redeeming();
    stolen.put("client_id", other.id);
    assertThat(AskingDevice.post(SERVER, "/oauth/token", stolen).text("error"))
        .isEqualTo("invalid_grant");
    assertThat(device.poll().status()).isEqualTo(200);
  }

  @Test
  void aClientWithAKeyShowsItAndThePageSaysSo() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    Answer registered =
        owner.post(
            "/v1/clients",
            Map.of(
                "name",
                "A television",
                "redirect_uris",
                List.of("http://127.0.0.1/"),
                "scopes",
                List.of("tenant:read"),
                "keys",
                List.of(key.toPublicJWK().toJSONObject())));
    assertThat(registered.status()).as(registered.http().body()).isEqualTo(201);
    String id = registered.text("id");
    assertThat(AskingDevice.post(SERVER, "/oauth/device", Map.of("client_id", id)).text("error"))
        .as("its name alone")
        .isEqualTo("invalid_client");
    Answer asked = AskingDevice.post(SERVER, "/oauth/device", assertion(id, key));
    assertThat(asked.status()).as(asked.http().body()).isEqualTo(200);
    assertThat(
            owner
                .form("/device", owner.token(), Map.of("code", asked.text("user_code")))
                .http()
                .body())
        .contains("A television asks for access", "it has shown its key");
    owner.form(
        "/device/answer",
        owner.token(),
        Map.of("code", asked.text("user_code"), "answer", "allow"));
    Map<String, String> redeeming = assertion(id, key);
    redeeming.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    redeeming.put("device_code", asked.text("device_code"));
    assertThat(AskingDevice.post(SERVER, "/oauth/token", redeeming).status()).isEqualTo(200);
  }

  private static Map<String, String> assertion(String id, ECKey key) throws JOSEException {
    SignedJWT assertion =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(SERVER.uri("").toString())
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build());
    assertion.sign(new ECDSASigner(key));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", assertion.serialize());
    return form;
  }

  @ParameterizedTest
  @CsvSource({
    "client_id, , invalid_client",
    "client_id, nobody, invalid_client",
    "client_id, 00000000-0000-7000-8000-000000000000, invalid_client",
    "client_secret, a-secret, invalid_client",
    "scope, everything, invalid_scope",
    "scope, tenant:read  groups:read, invalid_scope",
    "resource, https://elsewhere.example/, invalid_target",
  })
  void whatIsWrongWithAskingIsToldByItsName(String field, String value, String error) {
    Map<String, String> asking = new LinkedHashMap<>();
    asking.put("client_id", AskingDevice.COMMAND_LINE);
    asking.put("scope", "tenant:read");
    if (value == null) {
      asking.remove(field);
    } else {
      asking.put(field, value);
    }
    Answer refused = AskingDevice.post(SERVER, "/oauth/device", asking);
    assertThat(refused.text("error")).isEqualTo(error);
    assertThat(refused.http().body()).doesNotContain("elsewhere.example");
  }

  @ParameterizedTest
  @CsvSource({
    "device_code, cofferdam_dev_00, invalid_grant",
    "device_code, , invalid_request",
    "client_id, nobody, invalid_client",
    "scope, everything, invalid_scope",
    "scope, tenant:read audit:read, invalid_scope",
    "resource, https://elsewhere.example/, invalid_target",
    "grant_type, authorization_code, unauthorized_client",
  })
  void whatIsWrongWithRedeemingIsToldByItsNameAndUsesNothingUp(
      String field, String value, String error) {
    AskingDevice device = device();
    device.answered(owner, "allow");
    Map<String, String> wrong = device.redeeming();
    if (value == null) {
      wrong.remove(field);
    } else {
      wrong.put(field, value);
    }
    assertThat(AskingDevice.post(SERVER, "/oauth/token", wrong).text("error")).isEqualTo(error);
    assertThat(device.poll().status()).isEqualTo(200);
  }

  @Test
  void theCommandLineHasNoPlaceForAnAnswerOfABrowser() throws IOException, InterruptedException {
    Answer led =
        new Answer(
            SERVER.send(
                SERVER
                    .request(
                        AskingClient.path(
                            Map.of(
                                "response_type",
                                "code",
                                "client_id",
                                AskingDevice.COMMAND_LINE,
                                "redirect_uri",
                                "http://127.0.0.1/",
                                "code_challenge",
                                AskingClient.challenge("a verifier"),
                                "code_challenge_method",
                                "S256")))
                    .GET()));
    assertThat(led.status()).isEqualTo(400);
  }

  @Test
  void metadataSaysWhereToAsk() throws IOException, InterruptedException {
    Answer server = new Answer(SERVER.get("/.well-known/oauth-authorization-server"));
    assertThat(server.text("device_authorization_endpoint"))
        .isEqualTo(SERVER.uri("/oauth/device").toString());
    assertThat(server.body().path("grant_types_supported").toString())
        .contains("urn:ietf:params:oauth:grant-type:device_code");
  }

  @Test
  void aTokenIsNoPersonAtThePage() throws Exception {
    AskingDevice device = device();
    device.answered(owner, "allow");
    String token = device.poll().text("access_token");
    assertThat(get(token, "/device").http().body()).contains("person_required");
    Answer answering =
        new Answer(
            SERVER.send(
                SERVER
                    .request("/device/answer")
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            AskingClient.query(
                                Map.of("code", device().typed, "answer", "allow"))))));
    assertThat(answering.status()).isEqualTo(403);
  }
}
