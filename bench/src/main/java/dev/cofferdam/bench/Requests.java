package dev.cofferdam.bench;

import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the door costs: an authenticated read of nothing beside the server's answer that it lives,
 * and a tenant's reads beside another's that floods the server.
 */
final class Requests implements AutoCloseable {
  static final String READ = "request";
  static final String NOISE = "noisy tenant";

  /** No guest of a measurement is to be stopped, but for the one who makes noise. */
  static final Map<String, Object> LIMITS =
      Map.of(
          "cofferdam.limits.overrides.all.principal", "10000000 per 1m burst 1000000",
          "cofferdam.limits.overrides.all.tenant", "20000000 per 1m burst 2000000",
          "cofferdam.limits.overrides.all.address", "10000000 per 1m burst 1000000",
          "cofferdam.limits.overrides.list.principal", "10000000 per 1m burst 1000000",
          "cofferdam.limits.overrides.list.tenant", "20000000 per 1m burst 2000000");

  private static final int REFUSED_A_SECOND = 2_000;
  private static final Callers VISITORS = new Callers(4, false, Duration.ofMillis(20));
  private static final String NOTHING = "/v1/groups";
  private static final String HEAVY = "/v1/audit/records";

  private final Lines lines;
  private final Lines others;
  private final Ask alive;
  private final Ask nothing;
  private final Noise noise;

  Requests(House house) {
    lines = new Lines(house.site());
    others = new Lines(house.site());
    alive = Ask.get("/livez").with("Host", house.site().authority());
    Ask refused;
    try (Browser quiet = Guests.signedIn(house.site(), "ada");
        Browser loud = Guests.signedIn(house.site(), "mallory")) {
      Guests.found(quiet, "quiet");
      Guests.found(loud, "loud");
      nothing = quiet.dressed(Ask.get(NOTHING));
      refused = loud.dressed(Ask.get(HEAVY));
      while (loud.get(HEAVY).isDone()) {
        // Until they have used up what they may.
      }
    }
    noise = new Noise(REFUSED_A_SECOND, () -> refuse(refused));
  }

  /** Now and then one is admitted, as the quota fills up again. */
  private void refuse(Ask ask) throws IOException {
    Reply reply = others.ask(ask);
    if (reply.status() != 429 && !reply.isDone()) {
      throw new IllegalStateException(ask + " was answered " + reply.readable());
    }
  }

  /** An authenticated read of nothing. */
  Contest read() {
    return new Contest(
        READ,
        1,
        List.of(
            new Contender("it lives", item -> lines.ask(alive, 200)),
            new Contender("an empty list of one's tenant", item -> lines.ask(nothing, 200))),
        List.of(
            Bar.ratio(
                "authenticated empty read against `/livez`",
                "an empty list of one's tenant",
                "it lives",
                0.5,
                0.7)));
  }

  /** The same at a steady rate, without and with noise. */
  Contest noise() {
    return new Contest(
        NOISE,
        1,
        List.of(
            new Contender("alone", item -> lines.ask(nothing, 200)),
            new Contender(
                "beside 2,000 refused requests a second",
                item -> {
                  noise.goOn();
                  lines.ask(nothing, 200);
                })),
        List.of(
            Bar.slowdown(
                "p99 beside a noisy tenant against alone",
                "beside 2,000 refused requests a second",
                "alone",
                1.2,
                1.1)),
        VISITORS);
  }

  /** How many requests of the noisy tenant there were a second. */
  double noisePerSecond() {
    return noise.perSecond();
  }

  @Override
  public void close() {
    noise.close();
    lines.close();
    others.close();
  }
}
