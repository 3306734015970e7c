package dev.cofferdam.review.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkTest {

  @AfterEach
  void gone() {
    Network.forget();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "0x7f.1, 127.0.0.1",
    "2130706433, 127.0.0.1",
    "0177.0.0.1, 127.0.0.1",
    "127.1, 127.0.0.1",
    "10.258, 10.0.1.2"
  })
  void numbersAreReadAsOperatingSystemsDo(String text, String address) throws Exception {
    assertThat(Network.lookUp(text)[0].getHostAddress()).isEqualTo(address);
    assertThat(Network.isName(text)).isFalse();
  }

  @Test
  void aMappedAddressStaysOne() throws Exception {
    InetAddress mapped = Network.lookUp("::ffff:10.0.0.1")[0];
    assertThat(mapped).isInstanceOf(Inet6Address.class);
    assertThat(mapped.getAddress()).hasSize(16).endsWith(10, 0, 0, 1);
  }

  @Test
  void aNameLeadsElsewhereTheSecondTime() throws Exception {
    Network.around(1, List.of("a.example", "10.0.0.1 10.0.0.2", "a.example", "10.0.0.3"));
    assertThat(Network.lookUp("a.example")).hasSize(2);
    assertThat(Network.lookUp("a.example")[0].getHostAddress()).isEqualTo("10.0.0.3");
    assertThat(Network.lookUp("a.example")[0].getHostAddress()).isEqualTo("10.0.0.3");
    assertThatThrownBy(() -> Network.lookUp("b.example")).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void whateverLeavesTheMachineArrivesAtTheListener() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = Network.socket()) {
      Network.around(listener.getLocalPort(), List.of());
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 443), 1000);
      listener.accept().close();
      assertThat(Network.connections()).containsExactly("192.0.2.1:443");
    }
  }
}
