package dev.cofferdam.server.oauth.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.oauth.authorization.AskingClient;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** Clients that are nobody's: that register themselves, or are published by a site. */
class ClientRegistrationTest {
  @RegisterExtension
  @Order(1)
  static final RunningServer OPEN =
      RunningServer.own(
          "cofferdam.clients.of-nobody=any",
          "cofferdam.clients.most-of-nobody=3",
          "cofferdam.limits.overrides.register-client.address=1000 per 1m burst 500");

  @RegisterExtension
  @Order(2)
  static final RunningServer CLOSED = RunningServer.shared();

  private static Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("client_name", "A command line");
    metadata.put("redirect_uris", List.of("http://127.0.0.1/done"));
    metadata.put("grant_types", List.of("authorization_code", "refresh_token"));
    metadata.put("scope", "tenant:read offline_access");
    metadata.put("logo_uri", "https://tool.example/logo.png");
    return metadata;
  }

  private static Answer register(RunningServer server, Object metadata) {
    try {
      return new Answer(
          server.send(
              server
                  .request("/oauth/register")
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          JsonMapper.shared().writeValueAsString(metadata), UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> asking(String client) {
    Map<String, String> asking = new LinkedHashMap<>();
    asking.put("response_type", "code");
    asking.put("client_id", client);
    asking.put("redirect_uri", "http://127.0.0.1:61000/done");
    asking.put("code_challenge", AskingClient.challenge("v".repeat(43)));
    asking.put("code_challenge_method", "S256");
    return asking;
  }

  @Test
  void aClientRegistersItselfAndAsksWithNothingButItsWord() {
    Answer made = register(OPEN, metadata());
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    assertThat(made.header("Cache-Control")).contains("no-store");
    assertThat(made.text("token_endpoint_auth_method")).isEqualTo("none");
    assertThat(made.text("scope")).isEqualTo("tenant:read");
    assertThat(made.body().has("client_secret")).isFalse();
    assertThat(made.body().has("logo_uri")).isFalse();

    Browser person = Browser.ofSomebody(OPEN);
    person.inOwnTenant("o" + UUID.randomUUID().toString().substring(0, 13));
    String asked = person.get(AskingClient.path(asking(made.text("client_id")))).http().body();
    assertThat(asked)
        .contains("A command line asks for access", "nobody but itself", "only if you have just");

    // Those that somebody has let have something stay, and the others make room after a day.
    Map<String, String> form = asking(made.text("client_id"));
    form.put("answer", "allow");
    assertThat(person.form("/oauth/authorize", person.token(), form).status()).isEqualTo(303);
    register(OPEN, metadata());
    register(OPEN, metadata());
    Answer full = register(OPEN, metadata());
    assertThat(full.status()).isEqualTo(503);
    assertThat(full.text("error")).isEqualTo("temporarily_unavailable");
    OPEN.superuser()
        .sql("update oauth.open_client set created_at = created_at - interval '2 days'")
        .update();
    assertThat(register(OPEN, metadata()).status()).isEqualTo(201);
    assertThat(person.get(AskingClient.path(asking(made.text("client_id")))).status())
        .isEqualTo(200);
    assertThat(
            OPEN.superuser()
                .sql("select count(*) from oauth.open_client")
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void whatThereIsNoWayForIsRefusedByItsName() {
    for (Object places :
        List.of(
            List.of(),
            List.of("http://client.example/done"),
            List.of("javascript:alert(1)"),
            List.of("https://client.example/#done"),
            List.of("http://127.0.0.1/a", "http://127.0.0.1/a"),
            List.of(1),
            "http://127.0.0.1/done")) {
      Map<String, Object> hostile = metadata();
      hostile.put("redirect_uris", places);
      assertThat(register(OPEN, hostile).text("error"))
          .as("%s", places)
          .isEqualTo("invalid_redirect_uri");
    }
    for (Map<String, Object> other :
        List.<Map<String, Object>>of(
            Map.of("client_name", ""),
            Map.of("client_name", "two\nlines"),
            Map.of("grant_types", List.of("password")),
            Map.of("response_types", List.of("token")),
            Map.of("scope", "nothing:known"))) {
      Map<String, Object> metadata = metadata();
      metadata.putAll(other);
      Answer refused = register(OPEN, metadata);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("error")).as("%s", other).isEqualTo("invalid_client_metadata");
    }
  }

  @Test
  void unlessThePlatformLetsThemNobodyRegistersAndNobodyIsLookedUp() {
    assertThat(register(CLOSED, metadata()).status()).isEqualTo(403);
    Browser person = Browser.ofSomebody(CLOSED);
    person.inOwnTenant("p" + UUID.randomUUID().toString().substring(0, 13));
    String published = "https://tool.example/client.json";
    assertThat(person.get(AskingClient.path(asking(published))).status()).isEqualTo(400);
  }

  @Test
  void aStrangerHasNothingLookedUp() throws IOException, InterruptedException {
    Answer led =
        new Answer(OPEN.get(AskingClient.path(asking("https://tool.example/client.json"))));
    assertThat(led.status()).isEqualTo(303);
    assertThat(led.header("Location")).startsWith("/sign-in?return_to=");
  }
}
