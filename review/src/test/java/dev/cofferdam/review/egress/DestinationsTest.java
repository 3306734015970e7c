package dev.cofferdam.review.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DestinationsTest {

  @Test
  void everyNameLeadsSomewhere() {
    assertThat(Destinations.all())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.names().length % 2).as(one.toString()).isZero());
  }

  @Test
  void aNameThatIsThereTwiceLeadsToOneAfterTheOther() {
    assertThat(Destinations.of("EGR-01.rebinding").getFirst().answers())
        .containsExactly("rebound.example", "93.184.215.14", "rebound.example", "127.0.0.1");
  }

  @Test
  void aMachineCanBeAskedForItsSecretOnce() throws Exception {
    try (Inside inside = Inside.open();
        java.net.Socket socket =
            new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), inside.port())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(
              new String(
                  socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("secret");
      assertThat(inside.heard()).containsExactly("GET / HTTP/1.1");
    }
  }
}
