package dev.cofferdam.review.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * What answers on loopback as an attack says, whatever it stands for. Every request has a thread of
 * its own, so one may be answered late or never.
 */
public final class SmallServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

  /** How a request is answered. */
  @FunctionalInterface
  public interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  private SmallServer(HttpServer server, Answering answering) {
    this.server = server;
    server.setExecutor(requests);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answering.answer(exchange);
          }
        });
    server.start();
  }

  /** Opens one on a free port. */
  public static SmallServer open(Answering answering) {
    try {
      return new SmallServer(HttpServer.create(anyPort(), 0), answering);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same that speaks TLS. */
  public static SmallServer open(SSLContext as, Answering answering) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(as));
      return new SmallServer(server, answering);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  /** Where it listens on loopback. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Host and port. */
  public String authority() {
    return "127.0.0.1:" + port();
  }

  /** An answer in JSON. */
  public static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** An answer that leads elsewhere. */
  public static void redirect(HttpExchange exchange, int status, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    send(exchange, status, "");
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }
}
