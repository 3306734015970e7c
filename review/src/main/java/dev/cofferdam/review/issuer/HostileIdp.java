package dev.cofferdam.review.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.cofferdam.review.wire.SmallServer;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An identity provider on loopback that does as an attack says. Safe for use by many threads. */
public final class HostileIdp implements AutoCloseable {
  /** What the server is called here. */
  public static final String CLIENT = "us";

  /** What comes with every id token. */
  public static final String ACCESS_TOKEN = "an-access-token-of-the-issuers";

  private static final IssuerKeys KEYS = IssuerKeys.make();
  private static final String TOKENS = "/token";

  private final Map<String, String> granted = new ConcurrentHashMap<>();
  private volatile Consumer<ObjectNode> document = honest -> {};
  private volatile SmallServer.Answering keys = HostileIdp::publish;
  private volatile SmallServer.Answering tokens = this::redeem;
  private final SmallServer server = SmallServer.open(this::answer);

  private HostileIdp() {}

  /** Opens one that is honest until it is told otherwise. */
  public static HostileIdp open() {
    return new HostileIdp();
  }

  /** Host and port. */
  public String authority() {
    return server.authority();
  }

  public String issuer() {
    return "http://" + authority();
  }

  /** Takes back whatever it was told to do otherwise. */
  public void behaves() {
    document = honest -> {};
    keys = HostileIdp::publish;
    tokens = this::redeem;
  }

  /** Changes what it says of itself. */
  public void says(Consumer<ObjectNode> changes) {
    document = changes;
  }

  /** Changes how it publishes its keys. */
  public void publishes(SmallServer.Answering answering) {
    keys = answering;
  }

  /** Changes how it redeems codes. */
  public void redeems(SmallServer.Answering answering) {
    tokens = answering;
  }

  /** A set with the key of somebody else alone, under this name. */
  public static String othersKeys(String name) {
    return KEYS.othersSet(name);
  }

  static IssuerKeys keys() {
    return KEYS;
  }

  /** A code, for which the server will be given this id token. */
  public String grants(String idToken) {
    String code = UUID.randomUUID().toString();
    granted.put(code, idToken);
    return code;
  }

  private void answer(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/.well-known/openid-configuration" -> SmallServer.send(exchange, 200, document());
      case "/keys" -> keys.answer(exchange);
      case "/others" -> SmallServer.send(exchange, 200, othersKeys("mine"));
      case TOKENS -> tokens.answer(exchange);
      default -> SmallServer.send(exchange, 404, "{}");
    }
  }

  private String document() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("issuer", issuer());
    json.put("authorization_endpoint", issuer() + "/authorize");
    json.put("token_endpoint", issuer() + TOKENS);
    json.put("jwks_uri", issuer() + "/keys");
    json.putArray("id_token_signing_alg_values_supported").add("ES256").add("RS256").add("none");
    json.put("authorization_response_iss_parameter_supported", true);
    document.accept(json);
    return json.toString();
  }

  private static void publish(HttpExchange exchange) throws IOException {
    SmallServer.send(exchange, 200, KEYS.published());
  }

  private void redeem(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String code = form.replaceAll("^(?:.*&)?code=([^&]*).*$", "$1");
    String token = granted.remove(code);
    if (token == null) {
      SmallServer.send(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("access_token", ACCESS_TOKEN).put("token_type", "Bearer");
    answer.put("id_token", token);
    SmallServer.send(exchange, 200, answer.toString());
  }

  @Override
  public void close() {
    server.close();
  }
}
