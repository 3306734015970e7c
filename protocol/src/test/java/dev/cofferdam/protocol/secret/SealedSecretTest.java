package dev.cofferdam.protocol.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedSecretTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "9a",
        "-a",
        "_",
        "a/b",
        "a.b",
        "a b",
        "é",
        "a\n",
        "aａ",
        "database-password/1"
      })
  void whatCouldBeReadInTwoWaysIsNoName(String text) {
    assertThat(SecretName.of(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new SecretName(text));
  }

  @Test
  void aNameHas63CharactersAtMost() {
    assertThat(SecretName.of("a".repeat(63))).isPresent();
    assertThat(SecretName.of("a".repeat(64))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "0123456789012345678901234567890123456789/12"})
  void aKeyIsNamedByItsThumbprint(String key) {
    UUID id = new UUID(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecretAddress(id, id, key, id, new SecretName("a"), 1));
  }

  @Test
  void versionsBeginAtOne() {
    UUID id = new UUID(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecretAddress(id, id, "k".repeat(43), id, new SecretName("a"), 0));
  }
}
