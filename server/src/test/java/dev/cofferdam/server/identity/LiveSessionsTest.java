package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How sessions end by time, on a clock that the test moves. */
class LiveSessionsTest {
  private static final Duration IDLE = Duration.ofHours(1);

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  // As finely as PostgreSQL keeps times, which it rounds.
  private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.MICROS));
  private final SignedIn ann = SignedIn.somebody(SERVER);
  private Revocations revocations;
  private LiveSessions sessions;

  @BeforeEach
  void start() {
    JdbcClient ops = SERVER.opsBean(JdbcClient.class);
    revocations = Revocations.of(ops, clock);
    sessions = new LiveSessions(SERVER.app(), ops, revocations, IDLE, clock);
    clock.advance(Duration.ofSeconds(1));
  }

  private boolean isAlive() {
    return sessions.find(ann.handle.hash()).isPresent();
  }

  @Test
  void aSessionThatIsUsedLivesAndOneThatIsNotEnds() {
    for (int n = 0; n < 5; n++) {
      assertThat(isAlive()).isTrue();
      clock.advance(IDLE.minusMinutes(1));
    }
    assertThat(isAlive()).isTrue();
    clock.advance(IDLE);
    assertThat(isAlive()).isFalse();
  }

  @Test
  void noSessionOutlivesItsEnd() {
    Duration lifetime = SERVER.bean(IdentitySettings.class).sessionLifetime();
    Duration step = IDLE.minusMinutes(10);
    for (Duration age = Duration.ZERO; age.compareTo(lifetime) < 0; age = age.plus(step)) {
      assertThat(isAlive()).as(age.toString()).isTrue();
      clock.advance(step);
    }
    assertThat(isAlive()).isFalse();
  }

  @Test
  void whatIsRememberedIsUsedOnlyWhileItHolds() {
    revocations.follow();
    assertThat(isAlive()).isTrue();
    SERVER
        .superuser()
        .sql("delete from identity.session where session_id = :id")
        .param("id", ann.opened.session().value())
        .update();
    assertThat(isAlive()).as("not looked yet").isTrue();
    clock.advance(Revocations.FRESHNESS.plusNanos(1));
    assertThat(isAlive()).as("too long not looked").isFalse();
  }
}
