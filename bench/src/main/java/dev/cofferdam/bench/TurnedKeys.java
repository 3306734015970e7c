package dev.cofferdam.bench;

import dev.cofferdam.review.web.Browser;
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
import java.util.List;
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

  private static final String ALONE = "secrets read by a node";
  private static final String TURNED = "the same while every ring is turned";
  private static final int SECRETS = 500;
  private static final int AT_ONCE = 32;

  /** Half of what the same machine reads at most. */
  private static final int A_SECOND = 700;

  private static final int TURNS_A_SECOND = 8;

  private final House house;
  private final Lines lines;
  private final String path;
  private final Workload node;
  private final Noise turning;
  private final AtomicInteger turned = new AtomicInteger();

  TurnedKeys(House house) {
    this.house = house;
    lines = new Lines(house.site());
    try (Browser ada = Guests.signedInWithTwoFactors(house.site(), "ada")) {
      Guests.found(ada, "turned");
      String project = Workload.project(ada, SECRETS);
      path = Workload.path(project);
      node = Workload.registered(ada, project, "bench");
    }
    turning = new Noise(TURNS_A_SECOND, this::turn);
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

  private void read(int item) throws IOException {
    node.read(lines, path + item % SECRETS);
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
    node.close();
  }
}
