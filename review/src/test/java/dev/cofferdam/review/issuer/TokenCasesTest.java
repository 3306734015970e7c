package dev.cofferdam.review.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TokenCasesTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  private static JsonNode part(String token, int number) {
    return JsonMapper.shared()
        .readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[number]), UTF_8));
  }

  @Test
  void everyCaseSaysWhatItMeets() {
    assertThat(TokenCases.all())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.what()).isNotBlank());
    assertThat(TokenCases.all()).filteredOn(TokenCase::isGood).hasSizeGreaterThan(3);
  }

  @Test
  void changesArePutInAndTheRestIsHonest() {
    try (HostileIdp idp = HostileIdp.open()) {
      ForgedToken tokens = new ForgedToken(idp, "http://127.0.0.1:1", NOW);

      String honest = tokens.of(TokenCases.honest(), "n");
      assertThat(part(honest, 0).path("alg").asString()).isEqualTo("ES256");
      assertThat(part(honest, 1).path("nonce").asString()).isEqualTo("n");
      assertThat(part(honest, 1).path("iss").asString()).isEqualTo(idp.issuer());

      TokenCase moment =
          TokenCases.all().stream()
              .filter(one -> one.what().startsWith("ended a moment less"))
              .findFirst()
              .orElseThrow();
      assertThat(part(tokens.of(moment, "n"), 1).path("exp").decimalValue())
          .isEqualByComparingTo("1795780770.001");

      TokenCase unsigned = TokenCases.of("IDN-01.unsigned").get(1);
      assertThat(tokens.of(unsigned, "n")).endsWith(".");
      assertThat(part(tokens.of(unsigned, "n"), 0).has("kid")).isFalse();
    }
  }
}
