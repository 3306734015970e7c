package dev.cofferdam.review.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A second store of secrets that gives whatever it is asked for, without asking who asks, and
 * behind something that decodes a path and resolves its dots: whose path may be read is the
 * server's to say.
 */
final class CarelessStore implements AutoCloseable {
  /** Of everything that lies here. */
  static final String FIELD = "password";

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Answering answering = this::give;

  /** How it answers a request. */
  @FunctionalInterface
  interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  private CarelessStore(HttpServer server) {
    this.server = server;
  }

  static CarelessStore open() {
    try {
      CarelessStore store =
          new CarelessStore(
              HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
      store.server.setExecutor(store.requests);
      store.server.createContext("/", store::answer);
      store.server.start();
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Host and port. */
  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Has a value lie there, or none any more. */
  void holds(String path, @Nullable String value) {
    if (value == null) {
      values.remove(path);
    } else {
      values.put(path, value);
    }
  }

  /** Changes how it answers. */
  void answers(Answering instead) {
    answering = instead;
  }

  /** An answer that does not come, and ends with the store. */
  void answerNever(HttpExchange exchange) {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An answer with a text. */
  static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      answering.answer(exchange);
    }
  }

  private void give(HttpExchange exchange) throws IOException {
    String decoded = URLDecoder.decode(exchange.getRequestURI().getRawPath(), UTF_8);
    String value = values.get(URI.create(decoded).normalize().getPath());
    String text =
        JsonMapper.shared()
            .writeValueAsString(
                value == null
                    ? Map.of("errors", new String[0])
                    : Map.of(
                        "data",
                        Map.of("data", Map.of(FIELD, value), "metadata", Map.of("version", 1))));
    say(exchange, value == null ? NOT_FOUND : OK, text);
  }

  /** It is there no more. */
  void goesAway() {
    closed.countDown();
    server.stop(0);
    requests.shutdownNow();
  }

  @Override
  public void close() {
    goesAway();
  }
}
