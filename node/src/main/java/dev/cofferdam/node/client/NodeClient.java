package dev.cofferdam.node.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server as the node that this machine is. An access token is fetched when one is needed
 * and shown with a proof of the node's key; what the server may do later is asked again. Safe for
 * use by many threads.
 */
public final class NodeClient implements AutoCloseable {
  private static final int UNAUTHENTICATED = 401;

  private final Identity identity;
  private final NodeKeys keys;
  private final Wire wire;
  private final Proofs proofs;
  private final AccessTokens tokens;
  private final Patience patience;

  /**
   * @param authorities that vouch for the server; null for those of the machine
   */
  NodeClient(
      Identity identity,
      NodeKeys keys,
      @Nullable SSLContext authorities,
      Patience patience,
      Clock clock) {
    this.identity = identity;
    this.keys = keys;
    this.wire = new Wire(identity.server(), authorities);
    this.proofs = new Proofs(keys.signing(), identity.server(), clock);
    this.tokens = new AccessTokens(wire, proofs, identity.node(), clock);
    this.patience = patience;
  }

  /**
   * As the node that a folder makes of this machine.
   *
   * @param folder where {@code cofferdam-node register} put its keys
   * @param patience how long to go on when the server cannot be reached
   * @throws UnusableHomeException when it is no node's, or cannot be used; the message says what to
   *     do
   */
  public static NodeClient open(Path folder, Duration patience) throws IOException {
    NodeHome home = NodeHome.at(folder);
    return new NodeClient(
        home.registered(),
        home.keys(),
        home.authorities(),
        Patience.of(patience),
        Clock.systemUTC());
  }

  /** Which node it asks as. */
  public Identity identity() {
    return identity;
  }

  /** The keys of the node: what is sealed to it opens with one of them. Closed with this client. */
  public NodeKeys keys() {
    return keys;
  }

  /**
   * Reads.
   *
   * @param path with its query, if it has one
   * @throws RefusedByServerException when it is refused
   * @throws UnreachableServerException when the server could not be asked in time
   */
  public Reply get(String path) throws IOException {
    return ask("GET", path, null);
  }

  Reply post(String path, String json) throws IOException {
    return ask("POST", path, json);
  }

  private Reply ask(String method, String path, @Nullable String json) throws IOException {
    Reply reply = patience.send(() -> once(method, path, json));
    if (reply.status() == UNAUTHENTICATED) {
      // Perhaps the token alone is over, by a clock that differs.
      tokens.forget();
      reply = patience.send(() -> once(method, path, json));
    }
    if (!reply.isDone()) {
      throw RefusedByServerException.of(reply);
    }
    return reply;
  }

  private Reply once(String method, String path, @Nullable String json)
      throws IOException, InterruptedException {
    return switch (tokens.get()) {
      case AccessTokens.Fetched.None(Reply reply) when reply.isForNow() -> reply;
      case AccessTokens.Fetched.None(Reply reply) -> throw RefusedByServerException.of(reply);
      case AccessTokens.Fetched.Token(AccessToken token) -> {
        Map<String, String> fields = new HashMap<>();
        fields.put("Authorization", "DPoP " + token.text());
        fields.put("DPoP", proofs.ofRequest(method, path, token));
        if (json != null) {
          fields.put("Content-Type", "application/json");
        }
        yield wire.send(method, path, fields, json);
      }
    };
  }

  @Override
  public void close() {
    keys.close();
  }
}
