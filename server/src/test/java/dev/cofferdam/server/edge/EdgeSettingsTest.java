package dev.cofferdam.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class EdgeSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://*",
        "https://a.example/",
        "http://a.example",
        "a.example",
        ""
      })
  void anOriginIsNamedInFull(String origin) {
    assertThatThrownBy(() -> with(List.of(), List.of(), List.of(origin)))
        .isInstanceOf(EdgeRefusedException.class)
        .hasMessageContaining("`cofferdam.edge.cors-origins`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*.example.com", "https://a.example", "a.example:80", ""})
  void aHostIsNamedAsClientsDo(String host) {
    assertThatThrownBy(() -> with(List.of(host), List.of(), List.of()))
        .isInstanceOf(EdgeRefusedException.class)
        .hasMessageContaining("`cofferdam.edge.hosts`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", ""})
  void aProxyIsAnAddressOrANetwork(String proxy) {
    assertThatThrownBy(() -> with(List.of(), List.of(proxy), List.of()))
        .isInstanceOf(EdgeRefusedException.class)
        .hasMessageContaining("`cofferdam.edge.trusted-proxies`");
  }

  @Test
  void aNetworkHoldsWhatBeginsLikeIt() throws Exception {
    Network network = Network.of("10.128.0.0/9");

    assertThat(network.contains(InetAddress.getByName("10.200.1.1"))).isTrue();
    assertThat(network.contains(InetAddress.getByName("10.127.255.255"))).isFalse();
    assertThat(network.contains(InetAddress.getByName("::1"))).isFalse();
    assertThat(Network.of("::1").contains(InetAddress.getByName("::1"))).isTrue();
  }

  private static EdgeSettings with(List<String> hosts, List<String> proxies, List<String> origins) {
    return new EdgeSettings(
        hosts,
        proxies,
        origins,
        Duration.ofSeconds(1),
        DataSize.ofKilobytes(1),
        Duration.ofSeconds(1));
  }
}
