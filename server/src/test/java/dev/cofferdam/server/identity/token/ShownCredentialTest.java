package dev.cofferdam.server.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShownCredentialTest {
  @ParameterizedTest
  @CsvSource({
    "Bearer abc,BEARER,abc",
    "bEARER abc,BEARER,abc",
    "Bearer    abc,BEARER,abc",
    "DPoP abc,DPOP,abc",
    "dpop azAZ09-._~+/=,DPOP,azAZ09-._~+/="
  })
  void readsASchemeInAnyCaseAndItsToken(
      String field, AccessTokenHolders.Scheme scheme, String token) {
    assertThat(ShownCredential.ofText(field))
        .hasValueSatisfying(
            shown -> {
              assertThat(shown.scheme()).isEqualTo(scheme);
              assertThat(shown.token()).isEqualTo(token);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer\tabc",
        "Bearerabc",
        " Bearer abc",
        "Basic abc",
        "Bearer abc ",
        "Bearer a b",
        "Bearer a,b",
        "Bearer a\"b",
        "Bearer caf\u00e9",
        "Bearer \u0100",
        "Bearer abc\n",
        "DPoP\u00a0abc"
      })
  void findsNothingInWhatNoTokenCanBe(String field) {
    assertThat(ShownCredential.ofText(field)).isEmpty();
  }
}
