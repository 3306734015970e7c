package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A real identity provider on loopback that misbehaves as a test tells it to. */
public final class ScriptedIdp {
  final TokenKeys keys;
  public final AtomicInteger keyFetches = new AtomicInteger();
  public volatile Consumer<ObjectNode> document = json -> {};
  volatile Consumer<ObjectNode> header = json -> {};
  volatile Consumer<ObjectNode> claims = json -> {};
  volatile Consumer<ObjectNode> tokenAnswer = json -> {};
  volatile String signedBy = "e";
  public volatile int discoveryStatus = 200;
  public volatile int keyStatus = 200;
  volatile int tokenStatus = 200;
  volatile @Nullable String keySet;
  volatile Runnable beforeKeys = () -> {};
  volatile String nonce = "";
  volatile Map<String, String> tokenRequest = Map.of();
  volatile @Nullable String authorization;

  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Clock clock;

  public ScriptedIdp(Clock clock) throws Exception {
    this.clock = clock;
    keys = TokenKeys.ofTheIssuer();
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(requests);
    server.createContext("/", this::answer);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String issuer() {
    return "http://127.0.0.1:" + port();
  }

  public void end() {
    server.stop(0);
    requests.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/.well-known/openid-configuration" -> send(exchange, discoveryStatus, discovery());
        case "/keys" -> {
          keyFetches.incrementAndGet();
          beforeKeys.run();
          String set = keySet;
          send(exchange, keyStatus, set == null ? keys.published() : set);
        }
        case "/token" -> {
          tokenRequest = fields(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          authorization = exchange.getRequestHeaders().getFirst("Authorization");
          send(exchange, tokenStatus, token());
        }
        default -> send(exchange, 404, "{}");
      }
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private String discovery() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("issuer", issuer());
    json.put("authorization_endpoint", issuer() + "/authorize?realm=a");
    json.put("token_endpoint", issuer() + "/token");
    json.put("jwks_uri", issuer() + "/keys");
    json.putArray("id_token_signing_alg_values_supported").add("ES256").add("RS256").add("none");
    json.put("authorization_response_iss_parameter_supported", true);
    document.accept(json);
    return json.toString();
  }

  private String token() throws Exception {
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("access_token", "an-access-token").put("token_type", "Bearer");
    answer.put(
        "id_token",
        signed(
            header,
            body -> {
              body.put("nonce", nonce);
              claims.accept(body);
            },
            signedBy));
    tokenAnswer.accept(answer);
    return answer.toString();
  }

  /** A token of this issuer, honest but for these changes. */
  public String signed(Consumer<ObjectNode> heads, Consumer<ObjectNode> bodies, String by)
      throws Exception {
    long now = clock.instant().getEpochSecond();
    ObjectNode head = JsonMapper.shared().createObjectNode();
    head.put("alg", "ES256").put("kid", "e").put("typ", "JWT");
    heads.accept(head);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("iss", issuer()).put("sub", "ada").put("aud", "us");
    body.put("iat", now).put("exp", now + 300).put("auth_time", now - 10).put("acr", "mfa");
    bodies.accept(body);
    String content = Base64URL.encode(head.toString()) + "." + Base64URL.encode(body.toString());
    return content + "." + keys.sign(by, JWSAlgorithm.parse(head.path("alg").asString()), content);
  }

  /** A key as a token would bring it along. */
  public Map<String, Object> embedded(String name) {
    return keys.embedded(name);
  }

  static Map<String, String> fields(String encoded) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : encoded.split("&")) {
      String[] halves = pair.split("=", 2);
      fields.put(
          URLDecoder.decode(halves[0], UTF_8),
          halves.length < 2 ? "" : URLDecoder.decode(halves[1], UTF_8));
    }
    return fields;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    if (status >= 300 && status < 400) {
      exchange.getResponseHeaders().set("Location", "/keys");
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
