package dev.cofferdam.server.oauth.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.testing.RunningServer;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** Programs that registered themselves, and ask by a code: where the platform lets them alone. */
class UnknownDeviceTest {
  @RegisterExtension
  static final RunningServer OPEN =
      RunningServer.own(
          "cofferdam.clients.of-nobody=any", "cofferdam.clients.of-nobody-by-code=true");

  @RegisterExtension
  static final RunningServer WITHOUT = RunningServer.own("cofferdam.clients.of-nobody=any");

  private static Answer registered(RunningServer server, String... grants) throws Exception {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("client_name", "Cofferdam command line");
    metadata.put("redirect_uris", List.of("http://127.0.0.1/done"));
    metadata.put("grant_types", List.of(grants));
    return new Answer(
        server.send(
            server
                .request("/oauth/register")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        JsonMapper.shared().writeValueAsString(metadata), UTF_8))));
  }

  @Test
  void whoeverTypesTheCodeIsToldThatNobodyVouchesForIt() throws Exception {
    Answer made = registered(OPEN, GrantType.DEVICE_CODE, "refresh_token");
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    assertThat(made.body().path("grant_types").toString()).contains(GrantType.DEVICE_CODE);
    String id = made.text("client_id");
    AskingDevice device = AskingDevice.asking(OPEN, id);
    Browser owner = Browser.ofSomebody(OPEN);
    String tenant = owner.inOwnTenant("u" + UUID.randomUUID().toString().substring(0, 13));
    assertThat(device.opened(owner).http().body())
        .contains("nobody but itself: anyone could call their program so", id);
    assertThat(device.answered(owner, "allow").status()).isEqualTo(303);
    Answer issued = device.poll();
    assertThat(issued.status()).as(issued.http().body()).isEqualTo(200);
    Answer read =
        new Answer(
            OPEN.send(
                OPEN.request("/v1/tenant")
                    .header("Authorization", "Bearer " + issued.text("access_token"))
                    .GET()));
    assertThat(read.text("tenant_id")).isEqualTo(tenant);
    assertThat(
            OPEN.superuser()
                .sql("select used_at is not null from oauth.open_client where client_id = :id")
                .param("id", UUID.fromString(id))
                .query(Boolean.class)
                .single())
        .as("it stays, since somebody let it have something")
        .isTrue();

    Answer lasting =
        AskingDevice.post(
            OPEN,
            "/oauth/device",
            Map.of(
                "client_id",
                id,
                "authorization_details",
                "[{\"type\":\"personal_token\",\"label\":\"x\",\"scopes\":[\"tenant:read\"],\"expires_in_days\":9}]"));
    assertThat(lasting.text("error"))
        .as("a token that lasts is for the command line of this server")
        .isEqualTo("invalid_authorization_details");
  }

  @Test
  void unlessThePlatformLetsThemTheyAskInABrowserAlone() throws Exception {
    assertThat(registered(WITHOUT, GrantType.DEVICE_CODE).text("error"))
        .isEqualTo("invalid_client_metadata");
    String id = registered(WITHOUT, "authorization_code").text("client_id");
    assertThat(AskingDevice.post(WITHOUT, "/oauth/device", Map.of("client_id", id)).text("error"))
        .isEqualTo("unauthorized_client");
  }
}
