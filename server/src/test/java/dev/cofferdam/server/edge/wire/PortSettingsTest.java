package dev.cofferdam.server.edge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.planted.rooms.Rooms;
import dev.cofferdam.server.edge.wire.RawConnection.Reply;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortSettingsTest {
  private static final String ORIGIN = "https://app.example.com";

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context -> context.registerBean(Rooms.class),
          "cofferdam.edge.body-limit=2KB",
          "cofferdam.edge.body-timeout=1s",
          "cofferdam.edge.head-timeout=1s",
          "cofferdam.edge.hosts=cofferdam.example.com",
          "cofferdam.edge.cors-origins=" + ORIGIN,
          "cofferdam.edge.trusted-proxies=127.0.0.0/8");

  private static final String POST =
      "POST /v1/chairs HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";

  private static Reply send(String request) throws IOException {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      return connection.lines(request).reply().orElseThrow();
    }
  }

  @Test
  void aBodyThatGrowsTooLargeIsCutOff() throws Exception {
    String chunk = "400\n" + " ".repeat(0x400) + "\n";
    Reply reply = send(POST + "Transfer-Encoding: chunked\n\n" + chunk.repeat(3));

    assertThat(reply.status()).as(reply.toString()).isEqualTo(413);
    assertThat(reply.body()).contains("\"code\":\"too_large\"");
  }

  @Test
  void aBodyThatFitsIsRead() throws Exception {
    String body = "{\"name\":\"a\",\"legs\":4,\"marks\":{}}";
    assertThat(send(POST + "Content-Length: " + body.length() + "\n\n" + body).status())
        .isEqualTo(200);
  }

  @Test
  void aBodyThatDripsIsGivenUp() throws Exception {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      connection.lines(POST + "Content-Length: 1000\n\n{");
      // Each byte comes in time, and all of them together do not.
      for (int drops = 0; drops < 6; drops++) {
        Thread.sleep(250);
        connection.lines(" ");
      }
      Reply reply = connection.reply().orElseThrow();

      assertThat(reply.status()).as(reply.toString()).isEqualTo(408);
      assertThat(reply.body()).contains("\"code\":\"request_timeout\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET /v1/hall HTTP/1.1\nX: ",
        "GET /v1/hall HTTP/1.1\nHost: localhost\n\nGET /v1/hall HTTP/1.1\nX: "
      })
  void aHeadThatDripsIsCutOff(String beginning) throws Exception {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      connection.lines(beginning);
      if (beginning.contains("Host")) {
        assertThat(connection.reply().orElseThrow().status()).isEqualTo(200);
      }
      Thread drip = drip(connection, "a");
      long began = System.nanoTime();

      // The container alone waits for ten seconds after each byte, and the test for fifteen.
      assertThat(connection.reply()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
      drip.interrupt();
    }
  }

  private static Thread drip(RawConnection connection, String drop) {
    return Thread.startVirtualThread(
        () -> {
          try {
            while (true) {
              connection.lines(drop);
              Thread.sleep(200);
            }
          } catch (IOException | InterruptedException ended) {
            // The server has had enough.
          }
        });
  }

  /** It is answered, and then the container would read what is left, for as long as it comes. */
  @ParameterizedTest
  @CsvSource({
    "POST /v1/nowhere, Content-Length: 1000, 404, a",
    "POST /v1/hall, Content-Length: 1000, 405, a",
    "POST /nowhere, Transfer-Encoding: chunked, 404, '1\na\n'",
    "POST /v1/nowhere, Transfer-Encoding: chunked, 404, '1\na\n'",
    "SPELL /v1/hall, Content-Length: 1000, 501, a"
  })
  void aBodyThatNobodyAskedForAndThatDripsIsCutOff(
      String line, String framing, int status, String drop) throws Exception {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      connection.lines(line + " HTTP/1.1\nHost: localhost\n" + framing + "\n\n");
      Thread drip = drip(connection, drop.replace("\\n", "\n"));
      assertThat(connection.reply().orElseThrow().status()).isEqualTo(status);
      long began = System.nanoTime();

      assertThat(connection.reply()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
      drip.interrupt();
    }
  }

  @Test
  void theSizeOfAChunkThatDripsIsGivenUp() throws Exception {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      connection.lines(POST + "Transfer-Encoding: chunked\n\n1\n{\n");
      long began = System.nanoTime();
      Thread drip =
          Thread.startVirtualThread(
              () -> {
                try {
                  for (int digits = 0; digits < 7; digits++) {
                    Thread.sleep(800);
                    connection.lines("0");
                  }
                } catch (IOException | InterruptedException ended) {
                  // The server has had enough.
                }
              });

      assertThat(connection.reply().orElseThrow().status()).isEqualTo(408);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
      drip.interrupt();
    }
  }

  /**
   * Nobody who reads is cut off, and what was read of an earlier body is no part of a later one.
   */
  @Test
  void afterABodyThatNobodyAskedForTheNextRequestIsAnswered() throws Exception {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      for (int i = 0; i < 2; i++) {
        connection.lines("POST /v1/nowhere HTTP/1.1\nHost: localhost\nContent-Length: 3\n\nabc");
        assertThat(connection.reply().orElseThrow().status()).isEqualTo(404);
        // Longer than a body may take.
        Thread.sleep(1600);
      }
    }
  }

  @Test
  void aConnectionThatRestsIsKept() throws Exception {
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      for (int i = 0; i < 2; i++) {
        connection.lines("GET /v1/hall HTTP/1.1\nHost: localhost\n\n");
        assertThat(connection.reply().orElseThrow().status()).isEqualTo(200);
        // Longer than a head may take.
        Thread.sleep(1600);
      }
    }
  }

  @Test
  void aNamedOriginIsGrantedAlsoOnErrorsAndNoOtherIs() throws Exception {
    String preflight =
        "OPTIONS /v1/hall HTTP/1.1\nHost: localhost\nOrigin: %s\nAccess-Control-Request-Method: GET\n\n";
    Reply granted = send(preflight.formatted(ORIGIN));
    Reply missing = send("GET /none HTTP/1.1\nHost: localhost\nOrigin: " + ORIGIN + "\n\n");

    assertThat(granted.status()).isEqualTo(204);
    assertThat(granted.field("Access-Control-Allow-Origin")).contains(ORIGIN);
    assertThat(granted.field("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(granted.field("Content-Security-Policy")).isPresent();
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.field("Access-Control-Allow-Origin")).contains(ORIGIN);
    for (String other :
        new String[] {
          "https://app.example.com.evil.example",
          "http://app.example.com",
          "null",
          "https://example.com"
        }) {
      Reply refused = send(preflight.formatted(other));
      assertThat(refused.status()).as(other).isEqualTo(403);
      assertThat(refused.fields()).noneMatch(field -> field.startsWith("Access-Control-"));
      assertThat(refused.field("Vary")).contains("Origin");
    }
  }

  @Test
  void aNamedProxyIsBelievedAsFarAsItsHostIsNamed() throws Exception {
    Reply secure =
        send(
            "GET /v1/hall HTTP/1.1\nHost: localhost\nX-Forwarded-Proto: https\n"
                + "X-Forwarded-Host: cofferdam.example.com\nX-Forwarded-For: 203.0.113.7\n\n");

    assertThat(secure.status()).isEqualTo(200);
    assertThat(secure.field("Strict-Transport-Security")).isPresent();
    assertThat(
            send("GET /v1/hall HTTP/1.1\nHost: localhost\nX-Forwarded-Host: evil.example\n\n")
                .status())
        .isEqualTo(421);
    assertThat(
            send("GET /v1/hall HTTP/1.1\nHost: localhost\nX-Forwarded-For: not-an-address\n\n")
                .status())
        .isEqualTo(400);
  }
}
