package dev.cofferdam.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.cofferdam.node.client.RefusedByServerException;
import dev.cofferdam.node.client.UnreachableServerException;
import dev.cofferdam.node.client.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server may say of where tokens are asked for. */
class EndpointsTest {
  private HttpServer server;
  private String origin;
  private volatile int status = 200;
  private volatile String body = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/.well-known/oauth-authorization-server",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    origin = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String metadata(String issuer, String tokens) {
    return """
    {"issuer":"%s","device_authorization_endpoint":"%s/oauth/device",
     "token_endpoint":"%s/oauth/token","revocation_endpoint":"%s/oauth/revoke"}
    """
        .formatted(issuer, issuer, tokens, issuer);
  }

  private Endpoints read() throws IOException {
    return Endpoints.of(new Wire(URI.create(origin)), new Patience(Clock.systemUTC(), time -> {}));
  }

  @Test
  void areThoseThatTheServerNames() throws IOException {
    body = metadata(origin, origin);
    assertThat(read())
        .isEqualTo(
            new Endpoints(URI.create(origin), "/oauth/device", "/oauth/token", "/oauth/revoke"));
  }

  @Test
  void areOfNoServerThatCallsItselfAnother() {
    body = metadata("https://elsewhere.example", origin);
    assertThatThrownBy(this::read)
        .isInstanceOf(RefusedByServerException.class)
        .hasMessageContaining("calls itself `https://elsewhere.example`");
  }

  @Test
  void areAtNoOtherServer() {
    for (String other : new String[] {"https://elsewhere.example", origin + "0", origin + ".x"}) {
      body = metadata(origin, other);
      assertThatThrownBy(this::read)
          .as(other)
          .isInstanceOf(RefusedByServerException.class)
          .hasMessageContaining("which is another server");
    }
  }

  @Test
  void areNoneWhereNothingIsSaidOfThem() {
    body = "{}";
    status = 404;
    assertThatThrownBy(this::read)
        .isInstanceOf(RefusedByServerException.class)
        .hasMessageContaining("says nothing of how programs ask");
    status = 503;
    assertThatThrownBy(this::read)
        .isInstanceOf(UnreachableServerException.class)
        .hasMessageContaining("503");
  }
}
