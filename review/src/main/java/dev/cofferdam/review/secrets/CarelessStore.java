package dev.cofferdam.review.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.cofferdam.review.wire.SmallServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
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

  private final SmallServer server;
  private final String address;
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile SmallServer.Answering answering = this::give;

  private CarelessStore(@Nullable SSLContext as) {
    if (as == null) {
      server = SmallServer.open(exchange -> answering.answer(exchange));
      address = "http://" + server.authority();
    } else {
      server = SmallServer.open(as, exchange -> answering.answer(exchange));
      address = "https://localhost:" + server.port();
    }
  }

  static CarelessStore open() {
    return new CarelessStore(null);
  }

  /** One that speaks TLS, as {@code localhost}. */
  static CarelessStore open(SSLContext as) {
    return new CarelessStore(as);
  }

  /** As the settings of the server name it. */
  String address() {
    return address;
  }

  /** Where it listens on loopback, whatever it is called. */
  int port() {
    return server.port();
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
  void answers(SmallServer.Answering instead) {
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

  /** What it says of a value, as it should. */
  static String saying(String value, long version) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "data",
                Map.of("data", Map.of(FIELD, value), "metadata", Map.of("version", version))));
  }

  private void give(HttpExchange exchange) throws IOException {
    String decoded = URLDecoder.decode(exchange.getRequestURI().getRawPath(), UTF_8);
    String value = values.get(URI.create(decoded).normalize().getPath());
    if (value == null) {
      SmallServer.send(exchange, NOT_FOUND, "{\"errors\":[]}");
    } else {
      SmallServer.send(exchange, OK, saying(value, 1));
    }
  }

  /** It is there no more. */
  void goesAway() {
    closed.countDown();
    server.close();
  }

  @Override
  public void close() {
    goesAway();
  }
}
