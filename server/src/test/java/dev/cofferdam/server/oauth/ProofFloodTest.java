package dev.cofferdam.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.cofferdam.server.oauth.PlantedClient.Answer;
import dev.cofferdam.server.testing.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever has a key and floods the memory of proofs is stopped, and nobody else. */
class ProofFloodTest {
  private static final int MOST = 5;

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          "cofferdam.limits.overrides.proof.principal=5 per 1h burst 5",
          "cofferdam.limits.overrides.proof.tenant=10 per 1h burst 10");

  private final PlantedClient client =
      PlantedClient.in(SERVER, SERVER.newTenant().tenant(), "member", "tenant:read");

  private Answer read(String token, ECKey key) {
    return client.get(
        "/v1/tenant",
        "Authorization",
        "DPoP " + token,
        "DPoP",
        client.proof(key, "GET", "/v1/tenant", token));
  }

  private static long remembered() {
    return SERVER
        .superuser()
        .sql("select count(*) from oauth.used_once")
        .query(Long.class)
        .single();
  }

  @Test
  void aKeyThatFloodsIsRefusedAloneAndLeavesNothingBehind() {
    ECKey key = PlantedClient.key();
    String token = client.boundToken(key);
    // The first was that of the request for the token.
    for (int n = 1; n < MOST; n++) {
      assertThat(read(token, key).status()).isEqualTo(200);
    }
    long before = remembered();
    Answer flooded = read(token, key);
    assertThat(flooded.status()).isEqualTo(429);
    assertThat(flooded.header("Retry-After")).isNotEmpty();
    assertThat(remembered()).isEqualTo(before);

    ECKey other = PlantedClient.key();
    assertThat(read(client.boundToken(other), other).status()).isEqualTo(200);
  }
}
