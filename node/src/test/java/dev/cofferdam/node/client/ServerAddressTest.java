package dev.cofferdam.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://Cofferdam.Example/, https://cofferdam.example",
    "https://cofferdam.example:443, https://cofferdam.example",
    "https://cofferdam.example:8443, https://cofferdam.example:8443",
    "HTTPS://a.example, https://a.example",
    "http://127.0.0.1:8080, http://127.0.0.1:8080",
    "http://localhost:80/, http://localhost",
    "'http://[::1]:8080', 'http://[::1]:8080'"
  })
  void anAddressIsAnOrigin(String text, String origin) {
    assertThat(ServerAddress.origin(text)).hasToString("Optional[" + origin + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://cofferdam.example",
        "http://127.0.0.1.example",
        "http://10.0.0.1",
        "https://cofferdam.example/v1",
        "https://cofferdam.example?x",
        "https://user@cofferdam.example",
        "ftp://cofferdam.example",
        "cofferdam.example",
        "https://",
        "https://a b",
        ""
      })
  void whatIsNoneOrGoesOverTheNetworkInTheClearIsRefused(String text) {
    assertThat(ServerAddress.origin(text)).isEmpty();
  }
}
