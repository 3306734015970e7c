package dev.cofferdam.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.oauth.PlantedClient.Answer;
import dev.cofferdam.server.oauth.authorization.AskingClient;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people let clients have that show a key: as who they are, or as what their tokens need. */
class ProvenGrantsTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("p" + UUID.randomUUID().toString().substring(0, 13));

  /** Signs, and sends forms; its own client is none of these tests. */
  private final PlantedClient hand =
      PlantedClient.in(SERVER, new TenantId(UUID.fromString(tenant)), "member", "tenant:read");

  private final ECKey key = PlantedClient.key();
  private final ECKey another = PlantedClient.key();

  private Answer token(Map<String, String> form) {
    return hand.post("/oauth/token", form);
  }

  private Answer token(Map<String, String> form, ECKey by) {
    return hand.post("/oauth/token", form, "DPoP", hand.proof(by, "POST", "/oauth/token", null));
  }

  private static Map<String, String> redeeming(AskingClient client, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", client.id);
    form.put("code", code);
    form.put("redirect_uri", AskingClient.REDIRECT);
    form.put("code_verifier", client.verifier);
    return form;
  }

  private static Map<String, String> renewing(AskingClient client, Answer issued) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("client_id", client.id);
    form.put("refresh_token", issued.text("refresh_token"));
    return form;
  }

  private Answer read(String scheme, String token, ECKey by) {
    return hand.get(
        "/v1/tenant",
        "Authorization",
        scheme + " " + token,
        "DPoP",
        hand.proof(by, "GET", "/v1/tenant", token));
  }

  @Test
  void whatIsRedeemedWithAProofIsWorthNothingWithoutTheKey() {
    AskingClient client = AskingClient.registered(SERVER, owner);
    Answer issued = token(redeeming(client, client.code(owner, client.asking())), key);
    assertThat(issued.status()).as(issued.body()).isEqualTo(200);
    assertThat(issued.text("token_type")).isEqualTo("DPoP");
    String bound = issued.text("access_token");
    assertThat(read("DPoP", bound, key).status()).isEqualTo(200);
    assertThat(read("DPoP", bound, another).status()).isEqualTo(401);
    assertThat(hand.get("/v1/tenant", "Authorization", "Bearer " + bound).status()).isEqualTo(401);

    Map<String, String> renewing = renewing(client, issued);
    assertThat(token(renewing).text("error")).as("no proof").isEqualTo("invalid_grant");
    assertThat(token(renewing, another).text("error")).isEqualTo("invalid_grant");
    Answer renewed = token(renewing, key);
    assertThat(renewed.status()).as("nothing was used up: " + renewed.body()).isEqualTo(200);
    assertThat(renewed.text("token_type")).isEqualTo("DPoP");
    assertThat(read("DPoP", renewed.text("access_token"), key).status()).isEqualTo(200);
  }

  @Test
  void aCodeThatWasAskedForWithAKeyIsRedeemedWithThatKeyAlone() throws Exception {
    AskingClient client = AskingClient.registered(SERVER, owner);
    Map<String, String> asking = client.asking();
    asking.put("dpop_jkt", key.computeThumbprint().toString());
    Map<String, String> form = redeeming(client, client.code(owner, asking));
    assertThat(token(form).text("error")).as("no proof").isEqualTo("invalid_grant");
    assertThat(token(form, another).text("error")).isEqualTo("invalid_grant");
    assertThat(token(form, key).text("token_type")).isEqualTo("DPoP");
  }

  @Test
  void aClientWithAKeyShowsItEachTimeAndItsNameAloneIsNothing() {
    AskingClient client =
        AskingClient.registered(SERVER, owner, List.of(key.toPublicJWK().toJSONObject()));
    String code = client.code(owner, client.asking());
    assertThat(token(redeeming(client, code)).text("error")).isEqualTo("invalid_client");
    assertThat(token(shown(redeeming(client, code), client, another)).text("error"))
        .as("another's key")
        .isEqualTo("invalid_client");

    Map<String, String> redeeming = shown(redeeming(client, code), client, key);
    Answer issued = token(redeeming);
    assertThat(issued.status()).as("the code was not used up: " + issued.body()).isEqualTo(200);
    assertThat(token(renewing(client, issued)).text("error")).isEqualTo("invalid_client");
    Map<String, String> again = renewing(client, issued);
    again.put("client_assertion_type", PlantedClient.TYPE);
    again.put("client_assertion", redeeming.get("client_assertion"));
    assertThat(token(again).text("error")).as("it was shown before").isEqualTo("invalid_client");
    Answer renewed = token(shown(renewing(client, issued), client, key));
    assertThat(renewed.status()).as(renewed.body()).isEqualTo(200);
    assertThat(
            hand.get("/v1/tenant", "Authorization", "Bearer " + renewed.text("access_token"))
                .text("tenant_id"))
        .isEqualTo(tenant);
  }

  private Map<String, String> shown(Map<String, String> form, AskingClient client, ECKey by) {
    form.put("client_assertion_type", PlantedClient.TYPE);
    form.put(
        "client_assertion",
        PlantedClient.signed(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()),
            new JWTClaimsSet.Builder()
                .issuer(client.id)
                .subject(client.id)
                .audience(hand.issuer())
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build(),
            by));
    return form;
  }

  @Test
  void aDeviceIsBoundToItsKeyToo() {
    Map<String, String> asking = Map.of("client_id", "cofferdam-cli", "scope", "tenant:read");
    Answer asked = hand.post("/oauth/device", asking);
    owner.form(
        "/device/answer",
        owner.token(),
        Map.of("code", asked.text("user_code"), "answer", "allow"));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", GrantType.DEVICE_CODE);
    form.put("client_id", "cofferdam-cli");
    form.put("device_code", asked.text("device_code"));
    Answer issued = token(form, key);
    assertThat(issued.text("token_type")).as(issued.body()).isEqualTo("DPoP");
    String bound = issued.text("access_token");
    assertThat(read("DPoP", bound, key).status()).isEqualTo(200);
    assertThat(hand.get("/v1/tenant", "Authorization", "Bearer " + bound).status()).isEqualTo(401);
  }
}
