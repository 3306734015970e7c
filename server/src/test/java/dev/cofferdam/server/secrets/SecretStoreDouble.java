package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks what the second store is asked and told (AppRole, KV version 2), over HTTP: as far as its
 * documentation says what it answers, which {@link RealStoreTest} holds against a real one.
 */
final class SecretStoreDouble implements AutoCloseable {
  static final String ROLE = "a-role";
  static final String SECRET_ID = "of-a-role";
  static final String ROOT = "root";

  private static final String LOGIN = "/v1/auth/approle/login";
  private static final String DATA = "/v1/secret/data/";
  private static final String DELETE = "/v1/secret/delete/";
  private static final String DESTROY = "/v1/secret/destroy/";

  private final HttpServer server;
  private final Map<String, List<Version>> stored = new HashMap<>();
  private final Set<String> tokens = new HashSet<>(Set.of(ROOT));
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Answer instead;
  private volatile boolean locked;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private static final class Version {
    private @Nullable JsonNode data;
    private boolean destroyed;

    private Version(JsonNode data) {
      this.data = data;
    }
  }

  /** What is answered. */
  record Answer(int status, String body) {}

  SecretStoreDouble() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String origin() {
    return "http://127.0.0.1:" + port();
  }

  /** From now on this is answered but to who logs in; or what it would, by null. */
  void answers(@Nullable Answer answer) {
    instead = answer;
  }

  /** Answers come when this is open. */
  void waitsFor(CountDownLatch opening) {
    gate = opening;
  }

  /** Whether nobody is let in from now on. */
  void locks(boolean now) {
    locked = now;
  }

  /** Every token that a role was given is good no more. */
  synchronized void forgetTokens() {
    tokens.retainAll(Set.of(ROOT));
  }

  /** Paths with their queries, in the order in which they were asked for. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      asked.add(exchange.getRequestURI().toString());
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Answer planted = instead;
      awaitGate();
      Answer answer =
          path.equals(LOGIN)
              ? login(body)
              : planted != null
                  ? planted
                  : answer(
                      exchange.getRequestMethod(),
                      path,
                      String.valueOf(exchange.getRequestURI().getQuery()),
                      String.valueOf(exchange.getRequestHeaders().getFirst("X-Vault-Token")),
                      body);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Answer login(String body) {
    JsonNode asked = JsonMapper.shared().readTree(body);
    if (locked
        || !asked.path("role_id").asString("").equals(ROLE)
        || !asked.path("secret_id").asString("").equals(SECRET_ID)) {
      return new Answer(400, "{\"errors\":[\"invalid role or secret ID\"]}");
    }
    String token = UUID.randomUUID().toString();
    tokens.add(token);
    return json(200, Map.of("auth", Map.of("client_token", token, "lease_duration", 3600)));
  }

  private synchronized Answer answer(
      String method, String path, String query, String token, String body) {
    if (!tokens.contains(token)) {
      return new Answer(403, "{\"errors\":[\"permission denied\"]}");
    }
    if (path.startsWith(DATA) && method.equals("GET")) {
      return read(path.substring(DATA.length()), query);
    }
    if (path.startsWith(DATA) && method.equals("POST")) {
      List<Version> versions =
          stored.computeIfAbsent(path.substring(DATA.length()), key -> new ArrayList<>());
      versions.add(new Version(JsonMapper.shared().readTree(body).path("data")));
      return json(200, Map.of("data", Map.of("version", versions.size())));
    }
    boolean destroys = path.startsWith(DESTROY);
    if (method.equals("POST") && (destroys || path.startsWith(DELETE))) {
      List<Version> versions =
          stored.getOrDefault(path.substring((destroys ? DESTROY : DELETE).length()), List.of());
      JsonMapper.shared()
          .readTree(body)
          .path("versions")
          .forEach(
              number -> {
                Version version = versions.get(number.asInt() - 1);
                version.data = null;
                version.destroyed = destroys;
              });
      return new Answer(204, "");
    }
    return new Answer(404, "{\"errors\":[]}");
  }

  private Answer read(String path, String query) {
    List<Version> versions = stored.getOrDefault(path, List.of());
    int number =
        query.startsWith("version=") ? Integer.parseInt(query.substring(8)) : versions.size();
    if (number < 1 || number > versions.size()) {
      return new Answer(404, "{\"errors\":[]}");
    }
    Version version = versions.get(number - 1);
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("version", number);
    metadata.put("destroyed", version.destroyed);
    metadata.put("deletion_time", version.data == null ? "2026-11-27T00:00:00Z" : "");
    Map<String, @Nullable Object> data = new HashMap<>();
    data.put("data", version.data);
    data.put("metadata", metadata);
    return json(version.data == null ? 404 : 200, Map.of("request_id", "r", "data", data));
  }

  private static Answer json(int status, Map<String, ?> body) {
    return new Answer(status, JsonMapper.shared().writeValueAsString(body));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
