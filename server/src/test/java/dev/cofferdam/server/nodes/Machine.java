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
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A machine with keys of its own, on a server of a test. */
public final class Machine {
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
    try {
      return new Answer(
          server.send(
              server
                  .request(path)
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          JsonMapper.shared().writeValueAsString(body)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
