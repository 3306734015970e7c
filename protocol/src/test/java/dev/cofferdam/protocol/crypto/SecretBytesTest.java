package dev.cofferdam.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
  private static final SecretAccess ACCESS = SecretAccess.issue();

  @Test
  void whatItTakesOverIsCleared() {
    byte[] given = {1, 2, 3};
    try (SecretBytes secret = SecretBytes.takenFrom(given)) {
      assertThat(given).containsOnly(0);
      byte[] out = secret.lend(ACCESS, bytes -> bytes.clone());
      assertThat(out).containsExactly(1, 2, 3);
    }
  }

  @Test
  void whatItLendsIsClearedAfterwards() {
    try (SecretBytes secret = SecretBytes.takenFrom(new byte[] {1, 2, 3})) {
      byte[] kept = secret.lend(ACCESS, bytes -> bytes);
      assertThat(kept).containsOnly(0);
    }
  }

  @Test
  void whatItLendsIsClearedAfterAFailureToo() {
    byte[][] kept = new byte[1][];
    try (SecretBytes secret = SecretBytes.takenFrom(new byte[] {1, 2, 3})) {
      assertThatThrownBy(
              () ->
                  secret.lend(
                      ACCESS,
                      bytes -> {
                        kept[0] = bytes;
                        throw new IllegalArgumentException("no");
                      }))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(kept[0]).containsOnly(0);
  }

  @Test
  void aClosedSecretGivesNothing() {
    SecretBytes secret = SecretBytes.random(32, new SecureRandom());
    secret.close();
    secret.close();
    assertThatThrownBy(() -> secret.lend(ACCESS, bytes -> bytes.length))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> secret.matches(new byte[32]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itMatchesEqualBytesOnly() {
    try (SecretBytes secret = SecretBytes.takenFrom(new byte[] {1, 2, 3});
        SecretBytes same = SecretBytes.takenFrom(new byte[] {1, 2, 3});
        SecretBytes longer = SecretBytes.takenFrom(new byte[] {1, 2, 3, 4})) {
      assertThat(secret.matches(same)).isTrue();
      assertThat(secret.matches(longer)).isFalse();
      assertThat(secret.matches(new byte[] {1, 2, 4})).isFalse();
      assertThat(secret.matches(new byte[0])).isFalse();
    }
  }

  @Test
  void itIsNeitherPrintedNorComparedNorHashedNorSerialised() {
    try (SecretBytes secret = SecretBytes.takenFrom(new byte[] {65, 66, 67})) {
      assertThat(secret.toString()).isEqualTo("SecretBytes(3 bytes)");
      assertThatThrownBy(() -> secret.equals((Object) "ABC"))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(secret::hashCode).isInstanceOf(UnsupportedOperationException.class);
      assertThat(Serializable.class.isAssignableFrom(SecretBytes.class)).isFalse();
    }
  }

  @Test
  void randomSecretsDiffer() {
    SecureRandom random = new SecureRandom();
    try (SecretBytes one = SecretBytes.random(32, random);
        SecretBytes two = SecretBytes.random(32, random)) {
      assertThat(one.matches(two)).isFalse();
      byte[] bytes = one.lend(ACCESS, b -> Arrays.copyOf(b, b.length));
      assertThat(bytes).hasSize(32);
    }
  }
}
