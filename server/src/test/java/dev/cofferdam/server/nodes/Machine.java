package dev.cofferdam.server.nodes;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.jose.NodeStatement;
import dev.cofferdam.protocol.jose.PublicJwk;
import dev.cofferdam.protocol.jose.SigningKey;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A machine with keys of its own, on a server of a test. */
public final class Machine {
  private static final String TOKEN = "/oauth/token";

  final RunningServer server;
  public final SigningKey key = SigningKey.generate();
  public final KeyPair receiving =
      CryptoProvider.best().generator(KeyAlgorithm.X25519).generateKeyPair();

  public Machine(RunningServer server) {
    this.server = server;
  }

  /** A new bootstrap token, made by somebody who may. */
  public static String token(Browser admin, String name) {
    Answer made =
        admin.post("/v1/bootstrap-tokens", Map.of("name", name, "expires_in_minutes", 30));
    if (made.status() != 201) {
      throw new AssertionError(made.http().body());
    }
    return made.text("token");
  }

  /** A machine that is a node by now. */
  public static Machine registered(RunningServer server, Browser admin, String name) {
    Machine machine = new Machine(server);
    Answer answer = machine.register(token(admin, name));
    if (answer.status() != 201) {
      throw new AssertionError(answer.http().body());
    }
    machine.id = UUID.fromString(answer.text("node_id"));
    return machine;
  }

  private UUID id = new UUID(0, 0);

  /** Of the node that it is. */
  public UUID id() {
    return id;
  }

  /** From now on it is the node that the other was. */
  void become(Machine other) {
    id = other.id;
  }

  public PublicJwk receivingKey() {
    byte[] encoded = receiving.getPublic().getEncoded();
    return PublicJwk.ofX25519(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  String statement(String token) {
    return statement(token, origin(), Instant.now());
  }

  String statement(String token, String audience, Instant at) {
    return NodeStatement.registration(key, receivingKey(), token, audience, at.getEpochSecond());
  }

  String origin() {
    return server.uri("").toString();
  }

  public Answer register(String token) {
    return send(statement(token));
  }

  Answer send(String statement) {
    return post("/v1/nodes/register", Map.of("statement", statement));
  }

  Answer post(String path, Map<String, ?> body) {
    return sent(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
  }

  /** What the token endpoint answers to this machine, with a proof of its key. */
  public Answer accessToken() {
    return accessToken(Map.of("DPoP", proof("POST", TOKEN, Map.of())));
  }

  Answer accessToken(Map<String, String> fields) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", id.toString());
    claims.put("sub", id.toString());
    claims.put("aud", origin());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("exp", now + 60);
    String form =
        "grant_type=client_credentials"
            + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
            + "&client_assertion="
            + key.asserted("client-authentication+jwt", claims);
    HttpRequest.Builder request =
        server
            .request(TOKEN)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    fields.forEach(request::header);
    return sent(request);
  }

  /** A request as this node, with a token of its own. */
  public Answer ask(String method, String path, String token, @Nullable Map<String, ?> body) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    HttpRequest.Builder request =
        server
            .request(path)
            .method(method, publisher)
            .header("Authorization", "DPoP " + token)
            .header("DPoP", proof(method, path, Map.of("ath", PublicJwk.digest(token))));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return sent(request);
  }

  private String proof(String method, String path, Map<String, String> more) {
    Map<String, Object> claims = new LinkedHashMap<>(more);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", method);
    claims.put("htu", origin() + path);
    claims.put("iat", Instant.now().getEpochSecond());
    return key.stated("dpop+jwt", claims);
  }

  Answer sent(HttpRequest.Builder request) {
    try {
      return new Answer(server.send(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
