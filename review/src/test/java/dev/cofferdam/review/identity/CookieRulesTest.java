package dev.cofferdam.review.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CookieRulesTest {
  private static final String APP = "app.example.com";
  private static final String EVIL = "evil.example.com";

  @Test
  void aCookieWithoutADomainStaysWithItsHost() {
    CookieRules kept = CookieRules.kept("a=b; Path=/", APP).orElseThrow();
    assertThat(kept.goesTo(APP)).isTrue();
    assertThat(kept.goesTo(EVIL)).isFalse();
    assertThat(kept.goesTo("sub." + APP)).isFalse();
    assertThat(kept.sent()).isEqualTo("a=b");
  }

  @Test
  void aCookieOfADomainGoesToAllOfIt() {
    CookieRules kept = CookieRules.kept("a=b; domain=.example.com", EVIL).orElseThrow();
    assertThat(kept.goesTo(APP)).isTrue();
    assertThat(kept.goesTo("example.com")).isTrue();
    assertThat(kept.goesTo("badexample.com")).isFalse();
  }

  @Test
  void aPrefixIsKeptToItsRules() {
    assertThat(CookieRules.kept("__Host-a=b; Path=/; Secure", APP)).isPresent();
    assertThat(CookieRules.kept("__Secure-a=b; Secure; Domain=example.com", APP)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__Host-a=b; Path=/; Secure; Domain=example.com",
        "__host-a=b; Path=/; Secure; Domain=example.com",
        "__Host-a=b; Path=/",
        "__Host-a=b; Path=/v1; Secure",
        "__Host-a=b; Secure",
        "__Secure-a=b; Path=/",
        "=__Host-a=b; Path=/",
        "a=b; Domain=example.org",
        "a=b; Domain=evil.example.com"
      })
  void whatBreaksARuleIsThrownAway(String set) {
    assertThat(CookieRules.kept(set, APP)).isEmpty();
  }
}
