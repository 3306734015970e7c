package dev.cofferdam.bench;

import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.nodes.NodeSession;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.rotation.KeyRuns;
import dev.cofferdam.server.rotation.Rings;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.StatedReason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What people notice of a rotation: secrets that a node reads at a steady rate, alone, and while
 * every ring there is is turned, one after the other, over and over. A request that is not answered
 * with its secret ends the measurement.
 */
final class TurnedKeys implements AutoCloseable {
  static final String TITLE = "turned keys";

  /** Nobody of a measurement is to be stopped. */
  static final Map<String, Object> LIMITS = limits();

  private static final String ALONE = "secrets read by a node";
  private static final String TURNED = "the same while every ring is turned";
  private static final int SECRETS = 500;
  private static final int AT_ONCE = 32;

  /** Half of what the same machine reads at most. */
  private static final int A_SECOND = 700;

  private static final int TURNS_A_SECOND = 8;
  private static final long RENEWED = 120_000_000_000L;

  private final House house;
  private final Lines lines;
  private final String host;
  private final String path;
  private final Browser network;
  private final NodeSession node;
  private final Noise turning;
  private final AtomicInteger turned = new AtomicInteger();
  private String token;
  private long until = System.nanoTime() + RENEWED;

  TurnedKeys(House house) {
    this.house = house;
    lines = new Lines(house.site());
    host = house.site().authority();
    try (Browser ada = Guests.signedInWithTwoFactors(house.site(), "ada")) {
      Guests.found(ada, "turned");
      String project =
          Guests.done(ada, Ask.of("POST", "/v1/projects").json(Map.of("name", "Bench")))
              .member("id");
      String self = Guests.done(ada, Ask.get("/v1/me")).member("person_id");
      grant(ada, project, "person", self, "writer");
      for (int number = 0; number < SECRETS; number++) {
        put(ada, project, "s" + number);
      }
      path = "/v1/secrets/" + project + "/s";
      network = new Browser(house.site(), Map.of(), "", () -> {});
      Machine machine = Machine.registered(ada, network, "bench");
      grant(ada, project, "node", machine.id().toString(), "reader");
      node = machine.from(network);
    }
    token = fetched();
    turning = new Noise(TURNS_A_SECOND, this::turn);
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

  private static void grant(
      Browser owner, String project, String kind, String whom, String relation) {
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
            .text("application/octet-stream", "v".repeat(200)));
  }

  private String fetched() {
    Reply given = node.token();
    if (!given.isDone()) {
      throw new IllegalStateException("a node gets no token: " + given.readable());
    }
    return given.member("access_token");
  }

  Contest contest() {
    return new Contest(
        TITLE,
        SECRETS,
        List.of(
            new Contender(ALONE, this::read),
            new Contender(
                TURNED,
                item -> {
                  turning.goOn();
                  read(item);
                })),
        List.of(
            Bar.slowdown(
                "p99 of secrets read at half load while every ring is turned, against alone",
                TURNED,
                ALONE,
                2.0,
                1.2)),
        Callers.virtual(AT_ONCE, A_SECOND));
  }

  /** With a token of the last two minutes, which live for five. */
  private void read(int item) throws IOException {
    Ask ask = node.shown(Ask.get(path + item % SECRETS), good()).with("Host", host);
    Reply reply = lines.ask(ask);
    if (reply.status() != 200) {
      throw new IllegalStateException(ask + " was answered " + reply.readable());
    }
  }

  private synchronized String good() {
    if (System.nanoTime() > until) {
      token = fetched();
      until = System.nanoTime() + RENEWED;
    }
    return token;
  }

  /** Begins to turn the next purpose, unless that is being turned. */
  private void turn() {
    KeyPurpose[] all = KeyPurpose.values();
    KeyPurpose purpose = all[turned.getAndIncrement() % all.length];
    Caller.Operator operator =
        new Caller.Operator(
            new PersonId(new UUID(1, 1)),
            new SessionId(new UUID(1, 2)),
            new SignIn(AcrClass.MULTI_FACTOR, Instant.now()));
    house
        .bean(KeyRuns.class)
        .begin(
            new Call(new RequestId(UUID.randomUUID()), operator, InetAddress.getLoopbackAddress()),
            operator,
            new KeyRuns.Wish(purpose, Optional.empty(), true, new StatedReason("It is measured.")),
            new IfMatch(
                List.of(
                    new ETag(house.bean(Rings.class).preview(purpose, Optional.empty()).seen()))));
  }

  /** How many rotations have ended. */
  long rotations() {
    return house.bean(KeyRuns.class).newest(Integer.MAX_VALUE).stream()
        .filter(run -> run.endedAt().isPresent())
        .count();
  }

  @Override
  public void close() {
    turning.close();
    lines.close();
    network.close();
  }
}
