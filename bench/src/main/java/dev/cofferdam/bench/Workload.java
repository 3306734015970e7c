package dev.cofferdam.bench;

import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.nodes.NodeSession;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A node that may read the secrets of a project, with a token that is good. For many threads. */
final class Workload implements AutoCloseable {
  /** No node of a measurement is to be stopped. */
  static final Map<String, Object> LIMITS = limits();

  private static final Duration RENEWED = Duration.ofMinutes(2);
  private static final int VALUE = 200;

  private final Browser network;
  private final NodeSession session;
  private volatile @Nullable Token token;

  /** No record: it is a secret. */
  private static final class Token {
    private final String text;
    private final long until = System.nanoTime() + RENEWED.toNanos();

    private Token(String text) {
      this.text = text;
    }

    private boolean isFresh() {
      return System.nanoTime() - until < 0;
    }
  }

  private Workload(Machine machine, Browser network) {
    this.network = network;
    this.session = machine.from(network);
  }

  private static Map<String, Object> limits() {
    Map<String, Object> limits = new HashMap<>(Requests.LIMITS);
    for (String name : List.of("secret", "proof", "change", "token")) {
      limits.put(
          "cofferdam.limits.overrides." + name + ".principal", "10000000 per 1m burst 1000000");
      limits.put("cofferdam.limits.overrides." + name + ".tenant", "20000000 per 1m burst 2000000");
    }
    return limits;
  }

  /** The id of a new project with so many secrets, from {@code s0} on. */
  static String project(Browser owner, int secrets) {
    String id =
        Guests.done(owner, Ask.of("POST", "/v1/projects").json(Map.of("name", "Bench")))
            .member("id");
    // Who owns the tenant may give themselves any right in a project, and has none by that.
    String self = Guests.done(owner, Ask.get("/v1/me")).member("person_id");
    grant(owner, id, "person", self, "writer");
    IntStream.range(0, secrets).forEach(number -> put(owner, id, "s" + number));
    return id;
  }

  /** How a node asks for them, up to the number. */
  static String path(String project) {
    return "/v1/secrets/" + project + "/s";
  }

  static void grant(Browser owner, String project, String kind, String whom, String relation) {
    Guests.done(
        owner,
        Ask.of("PUT", "/v1/projects/" + project + "/grants/" + kind + "/" + whom)
            .json(Map.of("relation", relation)));
  }

  private static void put(Browser owner, String project, String name) {
    String secrets = "/v1/projects/" + project + "/secrets";
    Guests.done(owner, Ask.of("POST", secrets).json(Map.of("name", name)));
    Guests.done(
        owner,
        Ask.of("PUT", secrets + "/" + name + "/value")
            .with("If-Match", "\"1\"")
            .text("application/octet-stream", "v".repeat(VALUE)));
  }

  /** A new node, which may read what is in the project. */
  static Workload registered(Browser owner, String project, String name) {
    Browser network = new Browser(owner.site(), Map.of(), "", () -> {});
    Machine machine = Machine.registered(owner, network, name);
    grant(owner, project, "node", machine.id().toString(), "reader");
    return new Workload(machine, network);
  }

  /** What it sends to read this: its token, and a proof of its key that it makes for it. */
  Ask asking(String target) {
    Token known = token;
    Token good = known != null && known.isFresh() ? known : renewed();
    return session.shown(Ask.get(target), good.text).with("Host", network.site().authority());
  }

  /** By one thread at a time, since it is one connection. */
  private synchronized Token renewed() {
    Token known = token;
    if (known != null && known.isFresh()) {
      return known;
    }
    Reply given = session.token();
    if (!given.isDone()) {
      throw new IllegalStateException("a node gets no token: " + given.readable());
    }
    Token renewed = new Token(given.member("access_token"));
    token = renewed;
    return renewed;
  }

  /** Reads it, with the receipt of its record. */
  void read(Lines lines, String target) throws IOException {
    Ask ask = asking(target);
    Reply reply = lines.ask(ask);
    if (reply.status() != 200 || reply.field("Cofferdam-Receipt").isEmpty()) {
      throw new IllegalStateException(ask + " was answered " + reply.readable());
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
