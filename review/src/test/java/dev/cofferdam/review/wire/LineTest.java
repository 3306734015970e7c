package dev.cofferdam.review.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Answers as servers may write them, on a real connection. */
final class LineTest {

  @Test
  void bodiesAreReadHoweverTheyAreFramed() throws IOException {
    String answers =
        """
        HTTP/1.1 100 Continue\r
        \r
        HTTP/1.1 200 OK\r
        Content-Length: 5\r
        \r
        plain\
        HTTP/1.1 200 OK\r
        transfer-encoding: chunked\r
        \r
        3;name=value\r
        chu\r
        4\r
        nked\r
        0\r
        Trailer: 1\r
        \r
        HTTP/1.1 204 No Content\r
        \r
        HTTP/1.1 404 Not Found\r
        Content-Type: application/problem+json\r
        Cofferdam-Request-Id: 1\r
        Connection: close\r
        Content-Length: 20\r
        \r
        {"code":"not_found"}\
        """;
    try (Scripted server = new Scripted(answers);
        Line line = Line.open(server.site())) {
      assertThat(line.ask(Ask.get("/")).text()).isEqualTo("plain");
      assertThat(line.ask(Ask.get("/")).text()).isEqualTo("chunked");
      assertThat(line.ask(Ask.get("/")).status()).isEqualTo(204);
      Reply refused = line.ask(Ask.get("/"));
      assertThat(refused.brief()).isEqualTo("404 not_found");
      assertThat(refused.requestId()).isEqualTo("1");
      assertThat(line.isOpen()).isFalse();
    }
  }

  @Test
  void aRequestIsSentAsItIsWritten() throws IOException {
    try (Scripted server = new Scripted("HTTP/1.1 204 No Content\r\n\r\n");
        Line line = Line.open(server.site())) {
      line.ask(
          Ask.of("POST", "/a//../%2e")
              .with("Host", "one")
              .with("Host", "two")
              .form(Map.of("name", "a b")));

      assertThat(server.received())
          .isEqualTo(
              "POST /a//../%2e HTTP/1.1\r\nHost: one\r\nHost: two\r\n"
                  + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nname=a+b");
    }
  }

  @Test
  void aServerThatClosesIsNoAnswer() throws IOException {
    try (Scripted server = new Scripted("");
        Line line = Line.open(server.site())) {
      assertThatThrownBy(() -> line.ask(Ask.get("/"))).isInstanceOf(EOFException.class);
      assertThat(line.isOpen()).isFalse();
    }
  }

  /** Answers the same whatever it is asked, and closes. */
  private static final class Scripted implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<String> received = new CompletableFuture<>();

    Scripted(String answers) throws IOException {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = listening.accept()) {
                  byte[] bytes = new byte[4096];
                  int length = socket.getInputStream().read(bytes);
                  received.complete(new String(bytes, 0, Math.max(0, length), ISO_8859_1));
                  socket.getOutputStream().write(answers.getBytes(ISO_8859_1));
                  socket.shutdownOutput();
                  socket.getInputStream().readAllBytes();
                } catch (IOException failed) {
                  received.completeExceptionally(failed);
                }
              });
    }

    Site site() {
      return new Site(listening.getInetAddress().getHostAddress(), listening.getLocalPort());
    }

    String received() {
      return received.join();
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
