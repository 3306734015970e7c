package dev.cofferdam.server.oauth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a code to what a program reads, and to the end of it, over HTTP. */
class GrantsOverHttpTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("g" + UUID.randomUUID().toString().substring(0, 13));
  private final AskingClient client = AskingClient.registered(SERVER, owner);

  private static Answer sent(HttpRequest.Builder request) {
    try {
      return new Answer(SERVER.send(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer post(String path, Map<String, String> form) {
    return sent(
        SERVER
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(AskingClient.query(form))));
  }

  private static Answer get(String token, String path) {
    return sent(SERVER.request(path).header("Authorization", "Bearer " + token).GET());
  }

  private Map<String, String> redeeming(String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", client.id);
    form.put("code", code);
    form.put("redirect_uri", AskingClient.REDIRECT);
    form.put("code_verifier", client.verifier);
    return form;
  }

  private Map<String, String> renewing(String refresh) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("client_id", client.id);
    form.put("refresh_token", refresh);
    return form;
  }

  private Answer issued(Browser person) {
    Answer answer = post("/oauth/token", redeeming(client.code(person, client.asking())));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer;
  }

  private static void dead(Answer issued) {
    Soon.holds(() -> get(issued.text("access_token"), "/v1/tenant").status() == 401);
  }

  @Test
  void aProgramActsForItsPersonInWhatWasConsentedToAndTheirRoleAllows() {
    Answer issued = issued(Browser.ofMember(SERVER, tenant, Role.MEMBER));
    assertThat(issued.header("Cache-Control")).contains("no-store");
    assertThat(issued.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(issued.text("token_type")).isEqualTo("Bearer");
    assertThat(issued.text("scope")).isEqualTo("groups:read tenant:read");

    String token = issued.text("access_token");
    assertThat(get(token, "/v1/tenant").text("tenant_id")).isEqualTo(tenant);
    assertThat(get(token, "/v1/groups").status()).isEqualTo(200);
    assertThat(get(token, "/v1/members").text("code")).isEqualTo("insufficient_scope");
    for (String path : List.of("/v1/me", "/v1/client-grants", "/home")) {
      assertThat(get(token, path).http().body()).as(path).contains("person_required");
    }
    assertThat(get(token, AskingClient.path(client.asking())).http().body())
        .contains("person_required");
    assertThat(get(issued.text("refresh_token"), "/v1/tenant").status())
        .as("a refresh token is none to show")
        .isEqualTo(401);
  }

  @Test
  void itsTokensAreRenewedAndOneThatComesAgainEndsThemAll() {
    Answer first = issued(owner);
    Answer second = post("/oauth/token", renewing(first.text("refresh_token")));
    assertThat(second.status()).as(second.http().body()).isEqualTo(200);
    assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
    Map<String, String> fewer = renewing(second.text("refresh_token"));
    fewer.put("scope", "tenant:read");
    Answer third = post("/oauth/token", fewer);
    assertThat(third.text("scope")).isEqualTo("tenant:read");
    assertThat(get(third.text("access_token"), "/v1/groups").text("code"))
        .isEqualTo("insufficient_scope");

    Answer again = post("/oauth/token", renewing(first.text("refresh_token")));
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text("error")).isEqualTo("invalid_grant");
    dead(third);
    assertThat(post("/oauth/token", renewing(third.text("refresh_token"))).text("error"))
        .isEqualTo("invalid_grant");
  }

  @ParameterizedTest
  @CsvSource({
    "code, cofferdam_code_00, invalid_grant",
    "code, , invalid_request",
    "redirect_uri, https://elsewhere.example/, invalid_grant",
    "redirect_uri, , invalid_request",
    "code_verifier, a-verifier-of-somebody-else-that-is-long-enough, invalid_grant",
    "code_verifier, short, invalid_grant",
    "code_verifier, , invalid_request",
    "client_id, 00000000-0000-7000-8000-000000000000, invalid_client",
    "client_id, , invalid_client",
    "grant_type, refresh_token, invalid_request",
    "grant_type, client_credentials, unauthorized_client",
    "grant_type, password, unsupported_grant_type",
    "resource, https://elsewhere.example/, invalid_target",
    "client_secret, a-secret, invalid_client",
    "scope, everything, invalid_scope",
    "scope, tenant:read audit:read, invalid_scope",
  })
  void whatIsWrongIsToldByItsNameAndUsesNothingUp(String field, String value, String error) {
    String code = client.code(owner, client.asking());
    Map<String, String> wrong = redeeming(code);
    if (value == null) {
      wrong.remove(field);
    } else {
      wrong.put(field, value);
    }
    Answer refused = post("/oauth/token", wrong);
    assertThat(refused.text("error")).isEqualTo(error);
    assertThat(refused.header("Cache-Control")).contains("no-store");
    assertThat(refused.http().body()).doesNotContain("elsewhere.example");
    assertThat(post("/oauth/token", redeeming(code)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "refresh_token, cofferdam_rft_00, invalid_grant",
    "refresh_token, , invalid_request",
    "client_id, 00000000-0000-7000-8000-000000000000, invalid_client",
    "client_id, , invalid_client",
    "client_secret, a-secret, invalid_client",
    "grant_type, , invalid_request",
    "grant_type, authorization_code, invalid_request",
    "grant_type, client_credentials, unauthorized_client",
    "resource, https://elsewhere.example/, invalid_target",
    "authorization_details, [], invalid_authorization_details",
    "scope, everything, invalid_scope",
    "scope, tenant:read audit:read, invalid_scope",
    "scope, 'tenant:read  groups:read', invalid_scope",
  })
  void whatIsWrongWithRenewingIsToldByItsNameAndUsesNothingUp(
      String field, String value, String error) {
    String refresh = issued(owner).text("refresh_token");
    Map<String, String> wrong = renewing(refresh);
    if (value == null) {
      wrong.remove(field);
    } else {
      wrong.put(field, value);
    }
    Answer refused = post("/oauth/token", wrong);
    assertThat(refused.text("error")).isEqualTo(error);
    assertThat(refused.status()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
    assertThat(refused.header("Cache-Control")).contains("no-store");
    assertThat(post("/oauth/token", renewing(refresh)).status()).isEqualTo(200);
  }

  @Test
  void whatAPersonEndsIsRefusedWithinASecond() {
    Answer issued = issued(owner);
    String grant = owner.get("/v1/client-grants").body().path("items").get(0).path("id").asString();
    assertThat(owner.form("/client-grants/end", owner.token(), Map.of("grant", grant)).status())
        .isEqualTo(303);
    dead(issued);
  }

  @Test
  void aClientGivesUpWhatItHasByWhicheverTokenAndNobodyElseDoes() {
    AskingClient other = AskingClient.registered(SERVER, owner);
    for (String shown : List.of("refresh_token", "access_token")) {
      Answer issued = issued(owner);
      Map<String, String> giving = new LinkedHashMap<>();
      giving.put("token", issued.text(shown));
      giving.put("client_id", other.id);
      assertThat(post("/oauth/revoke", giving).status()).as("told the same").isEqualTo(200);
      assertThat(get(issued.text("access_token"), "/v1/tenant").status()).isEqualTo(200);
      giving.put("client_id", client.id);
      assertThat(post("/oauth/revoke", giving).status()).isEqualTo(200);
      dead(issued);
      assertThat(post("/oauth/revoke", giving).status()).as("gone before").isEqualTo(200);
    }
    assertThat(post("/oauth/revoke", Map.of("token", "x")).text("error"))
        .isEqualTo("invalid_client");
    assertThat(post("/oauth/revoke", Map.of("client_id", client.id)).text("error"))
        .isEqualTo("invalid_request");
  }

  @Test
  void aProgramFindsOutWhereToAskFromARefusalAlone() {
    Answer refused = sent(SERVER.request("/v1/tenant").GET());
    String resource = "/.well-known/oauth-protected-resource";
    assertThat(refused.header("WWW-Authenticate"))
        .contains("resource_metadata=\"" + SERVER.uri(resource) + "\"");
    Answer described = sent(SERVER.request(resource).GET());
    assertThat(described.text("resource")).isEqualTo(SERVER.uri("/").toString());
    assertThat(described.body().path("authorization_servers").get(0).asString())
        .isEqualTo(SERVER.uri("").toString());
    Answer server = sent(SERVER.request("/.well-known/oauth-authorization-server").GET());
    assertThat(server.text("issuer")).isEqualTo(SERVER.uri("").toString());
    assertThat(server.text("authorization_endpoint"))
        .isEqualTo(SERVER.uri("/oauth/authorize").toString());
    assertThat(server.body().path("code_challenge_methods_supported"))
        .singleElement()
        .hasToString("\"S256\"");
    assertThat(server.body().path("grant_types_supported").toString())
        .contains("authorization_code", "refresh_token");
    assertThat(server.body().has("registration_endpoint")).as("closed here").isFalse();
    assertThat(server.header("Cache-Control")).contains("public");
  }
}
