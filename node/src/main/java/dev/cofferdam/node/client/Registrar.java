package dev.cofferdam.node.client;

import dev.cofferdam.protocol.crypto.Kem;
import dev.cofferdam.protocol.jose.NodeStatement;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes this machine a node, and exchanges its keys. Each can be done again when it was cut off.
 */
final class Registrar {
  private static final String REGISTER = "/v1/nodes/register";
  private static final String KEYS = "/v1/node/keys";

  private final NodeHome home;
  private final Patience patience;
  private final Clock clock;

  Registrar(NodeHome home, Patience patience, Clock clock) {
    this.home = home;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Registers. The keys are on disk before anything is sent, so that an answer that is lost is
   * fetched again, by them.
   *
   * @param server its origin
   * @param kem of the key that secrets are sealed to, where there are no keys yet
   */
  Identity register(URI server, String token, Kem kem) throws IOException {
    Optional<Identity> known = home.identity();
    if (known.isPresent()) {
      if (!known.get().server().equals(server)) {
        throw new UnusableHomeException(
            "This machine is a node of `%s` already: name another folder with --home."
                .formatted(known.get().server()));
      }
      return known.get();
    }
    try (NodeKeys keys = home.keysOrNew(kem)) {
      Wire wire = new Wire(server, home.authorities());
      Reply reply =
          patience.send(
              () ->
                  wire.send(
                      "POST",
                      REGISTER,
                      Map.of("Content-Type", "application/json"),
                      statement(
                          NodeStatement.registration(
                              keys.signing(),
                              keys.receivingKey(),
                              token,
                              server.toString(),
                              clock.instant().getEpochSecond()))));
      if (!reply.isDone()) {
        throw RefusedByServerException.of(reply);
      }
      Identity made = identity(server, reply);
      home.write(made);
      return made;
    }
  }

  private static Identity identity(URI server, Reply reply) throws IOException {
    try {
      return new Identity(
          server,
          UUID.fromString(reply.member("tenant_id")),
          UUID.fromString(reply.member("node_id")),
          reply.member("name"));
    } catch (IllegalArgumentException e) {
      throw new RefusedByServerException(
          reply.status(), "", "`" + server + "` answered what no Cofferdam server answers.");
    }
  }

  /** A compact JWS has no character that JSON would write otherwise. */
  private static String statement(String signed) {
    return "{\"statement\":\"" + signed + "\"}";
  }

  /**
   * Exchanges both keys for new ones. One that was begun is gone on with: the server has either the
   * older keys or the new ones, and the one that it takes tells which.
   *
   * @param wanted kind of the key that secrets are sealed to; empty for the same as before
   */
  void changeKeys(Optional<Kem> wanted) throws IOException {
    Identity identity = home.registered();
    Optional<NodeKeys> begun = home.next();
    try (NodeKeys keys = home.keys();
        NodeKeys next =
            begun.isPresent() ? begun.get() : home.makeNext(wanted.orElse(keys.kem()))) {
      if (begun.isEmpty() || !isTaken(identity, next)) {
        client(identity, keys)
            .post(
                KEYS,
                statement(
                    NodeStatement.change(
                        next.signing(),
                        next.receivingKey(),
                        identity.node().toString(),
                        keys.signing().jwk().thumbprint(),
                        identity.server().toString(),
                        clock.instant().getEpochSecond())));
      }
    }
    home.promoteNext();
  }

  private boolean isTaken(Identity identity, NodeKeys next) throws IOException {
    try {
      client(identity, next).get("/v1/node");
      return true;
    } catch (RefusedByServerException refused) {
      return false;
    }
  }

  private NodeClient client(Identity identity, NodeKeys keys) throws IOException {
    return new NodeClient(identity, keys, home.authorities(), patience, clock);
  }
}
