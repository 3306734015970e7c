package dev.cofferdam.review.nodes;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Kem;
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
  private final SigningKey key = SigningKey.generate();
  private final Kem kem;
  private final KeyPair receivingPair;
  private final PublicJwk receiving;
  private UUID id = new UUID(0, 0);

  /** One that is no node yet, with a receiving key of X25519. */
  public Machine() {
    this(Kem.X25519);
  }

  /** One that is no node yet, with a receiving key of that kind. */
  public Machine(Kem kem) {
    this.kem = kem;
    this.receivingPair =
        CryptoProvider.best()
            .generator(kem == Kem.X_WING ? KeyAlgorithm.X_WING : KeyAlgorithm.X25519)
            .generateKeyPair();
    this.receiving = PublicJwk.ofReceiving(publicKey());
  }

  /** The bytes at the end of either form of a receiving key (RFC 8410). */
  private static byte[] raw(Key encoded, int length) {
    byte[] bytes = encoded.getEncoded();
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  /** The bytes of its public half. */
  public byte[] publicKey() {
    return raw(receivingPair.getPublic(), kem.publicLength());
  }

  /** Of which kind its receiving key is. */
  public Kem kem() {
    return kem;
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
    return registered(new Machine(), fresh, network, name);
  }

  /** The same for a machine with keys of one's choice. */
  public static Machine registered(Machine machine, Browser fresh, Browser network, String name) {
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
    return SecretBytes.takenFrom(raw(receivingPair.getPrivate(), Kem.PRIVATE_LENGTH));
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
    return statement(token, audience, receiving);
  }

  /** The same about another receiving key, which need not be one. */
  String statement(String token, String audience, PublicJwk about) {
    return NodeStatement.registration(key, about, token, audience, Instant.now().getEpochSecond());
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
