package dev.cofferdam.review.nodes;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.protocol.jose.NodeStatement;
import dev.cofferdam.protocol.jose.PublicJwk;
import dev.cofferdam.protocol.jose.SigningKey;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.security.Key;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/** A machine with keys of its own, which may be a node. */
public final class Machine {
  private static final int RAW = 32;

  private final SigningKey key = SigningKey.generate();
  private final KeyPair receivingPair =
      CryptoProvider.best().generator(KeyAlgorithm.X25519).generateKeyPair();
  private final PublicJwk receiving = PublicJwk.ofX25519(raw(receivingPair.getPublic()));
  private UUID id = new UUID(0, 0);

  /** One that is no node yet. */
  public Machine() {}

  /** The 32 bytes at the end of either form of an X25519 key (RFC 8410). */
  private static byte[] raw(Key encoded) {
    byte[] bytes = encoded.getEncoded();
    return Arrays.copyOfRange(bytes, bytes.length - RAW, bytes.length);
  }

  /** The answer with a new bootstrap token. */
  public static Reply bootstrap(Browser fresh, String name) {
    Reply made =
        fresh.ask(
            Ask.of("POST", "/v1/bootstrap-tokens")
                .json(Map.of("name", name, "expires_in_minutes", 30)));
    if (!made.isDone()) {
      throw new IllegalStateException("nobody makes a bootstrap token: " + made.readable());
    }
    return made;
  }

  /**
   * A machine that is a node by now.
   *
   * @param fresh makes its bootstrap token
   * @param network from where it registers
   */
  public static Machine registered(Browser fresh, Browser network, String name) {
    Machine machine = new Machine();
    Reply reply = machine.register(network, bootstrap(fresh, name).member("token"));
    if (!reply.isDone()) {
      throw new IllegalStateException("no machine becomes a node: " + reply.readable());
    }
    machine.id = UUID.fromString(reply.member("node_id"));
    return machine;
  }

  /** Of the node that it is. */
  public UUID id() {
    return id;
  }

  SigningKey key() {
    return key;
  }

  /** The public half of the key that it is sealed to. */
  public PublicJwk receiving() {
    return receiving;
  }

  /** The private half, which nobody else has. */
  public SecretBytes receivingKey() {
    return SecretBytes.takenFrom(raw(receivingPair.getPrivate()));
  }

  /**
   * The same machine, asking with its key from somewhere; see {@link NodeSession#shown} for what
   * goes with its requests.
   */
  public NodeSession from(Browser network) {
    return new NodeSession(network, id, key);
  }

  /** What it signs to become a node. */
  String statement(String token, String audience) {
    return NodeStatement.registration(
        key, receiving, token, audience, Instant.now().getEpochSecond());
  }

  /** Asks to become the node that the bootstrap token names. */
  public Reply register(Browser network, String token) {
    return send(network, statement(token, network.site().origin()));
  }

  static Reply send(Browser network, String statement) {
    return network.ask(asking(statement));
  }

  static Ask asking(String statement) {
    return Ask.of("POST", "/v1/nodes/register").json(Map.of("statement", statement));
  }
}
