package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.RealVault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same against an OpenBao or a Vault in its mode for developers, where one is on the path. What
 * {@link TransitDouble} answers is held against what it does.
 */
class RealTransitTest extends TransitContract {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private RealVault vault;

  @BeforeEach
  void start() throws IOException {
    vault = RealVault.started();
    post("sys/mounts/transit", Map.of("type", "transit"));
    post("transit/keys/cofferdam", Map.of("type", "aes256-gcm96"));
  }

  @AfterEach
  void stop() {
    if (vault != null) {
      vault.close();
    }
  }

  @Override
  String origin() {
    return vault.origin();
  }

  @Override
  String token() {
    return RealVault.ROOT;
  }

  @Override
  void rotate() {
    post("transit/keys/cofferdam/rotate", Map.of());
  }

  @Override
  void require(int version) {
    post("transit/keys/cofferdam/config", Map.of("min_decryption_version", version));
  }

  @Test
  void aTokenThatEndsIsRenewed() {
    String made = post("auth/token/create", Map.of("ttl", "10m", "policies", "default"));
    String token =
        JsonMapper.shared().readTree(made).path("auth").path("client_token").asString("");
    try (Transit transit = new Transit(settings(origin(), token))) {
      assertThat(transit.renewToken()).isInstanceOf(Transit.Renewal.Renewed.class);
    }
  }

  private String post(String path, Map<String, ?> body) {
    try {
      HttpResponse<byte[]> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(vault.origin() + "/v1/" + path))
                  .header("X-Vault-Token", RealVault.ROOT)
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          JsonMapper.shared().writeValueAsString(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(answer.statusCode() + " " + new String(answer.body(), UTF_8));
      }
      return new String(answer.body(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
