package dev.cofferdam.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"K", "Keel", "Kiel & Söhne", "船", "a b  c", "<b>'; drop table x; --"})
  void takesWhatPeopleCallThings(String text) {
    assertThat(GivenName.of(text))
        .hasValueSatisfying(name -> assertThat(name.text()).isEqualTo(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", " Keel", "Keel ", "Ke\nel", "Ke\u0000el", "Ke\u202eel", "Ke\u2028el"})
  void refusesWhatCannotBeSeen(String text) {
    assertThat(GivenName.of(text)).isEmpty();
  }

  @Test
  void endsAtAHundred() {
    assertThat(GivenName.of("x".repeat(100))).isPresent();
    assertThat(GivenName.of("x".repeat(101))).isEmpty();
  }
}
