package dev.cofferdam.server.edge.tls;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.edge.EdgeRefusedException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSettingsTest {
  private static final List<Path> NONE = List.of();
  private static final List<Path> ONE = List.of(Path.of("a"));

  private static TlsSettings with(
      List<Path> certificates, List<Path> keys, @Nullable Path clients) {
    return new TlsSettings(
        certificates, keys, clients, Duration.ofSeconds(10), Duration.ofDays(21));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "10.0.0.1", "fe80::1"})
  void plainHttpIsForThisMachineAlone(String address) {
    InetAddress others = InetAddress.ofLiteral(address);

    assertThatThrownBy(() -> with(NONE, NONE, null).requirePublic(others))
        .isInstanceOf(EdgeRefusedException.class)
        .hasMessageContaining("`cofferdam.http.address`")
        .hasMessageContaining("`cofferdam.tls.certificate-files`");
    assertThatThrownBy(() -> with(ONE, ONE, null).requireManagement(others))
        .hasMessageContaining("`cofferdam.management.address`")
        .hasMessageContaining("`cofferdam.tls.client-authorities`");
    assertThatCode(() -> with(ONE, ONE, null).requirePublic(others)).doesNotThrowAnyException();
    assertThatCode(() -> with(ONE, ONE, Path.of("c")).requireManagement(others))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1"})
  void onThisMachinePlainHttpIsFine(String address) {
    assertThatCode(
            () -> {
              with(NONE, NONE, null).requirePublic(InetAddress.ofLiteral(address));
              with(NONE, NONE, null).requireManagement(InetAddress.ofLiteral(address));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void everyAddressIsNotThisMachine() {
    assertThatThrownBy(() -> with(NONE, NONE, null).requirePublic(null))
        .hasMessageContaining("`0.0.0.0`");
  }

  @Test
  void halfOfItIsRefused() {
    assertThatThrownBy(() -> with(ONE, NONE, null)).hasMessageContaining("the key of each");
    assertThatThrownBy(() -> with(NONE, ONE, null)).hasMessageContaining("the key of each");
    assertThatThrownBy(() -> with(NONE, NONE, Path.of("c")))
        .hasMessageContaining("`cofferdam.tls.client-authorities`");
    assertThatThrownBy(() -> new TlsSettings(NONE, NONE, null, Duration.ZERO, Duration.ofDays(21)))
        .hasMessageContaining("`cofferdam.tls.look-every`");
  }
}
