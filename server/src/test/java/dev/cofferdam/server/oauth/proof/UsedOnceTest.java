package dev.cofferdam.server.oauth.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is good once is remembered for as long as it could be shown again, and no longer. */
class UsedOnceTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final UsedOnce used = SERVER.bean(UsedOnce.class);
  private final String owner = UUID.randomUUID().toString();
  private final Instant until = Instant.now().plusSeconds(60);

  private boolean isFirst(UsedOnce.Kind kind, String whose, String name) {
    return used.isFirst(kind, whose, name, until);
  }

  @Test
  void eachIsFirstOnceForItsOwnerAndKind() {
    assertThat(isFirst(UsedOnce.Kind.PROOF, owner, "a")).isTrue();
    assertThat(isFirst(UsedOnce.Kind.PROOF, owner, "a")).isFalse();
    assertThat(isFirst(UsedOnce.Kind.ASSERTION, owner, "a")).isTrue();
    assertThat(isFirst(UsedOnce.Kind.PROOF, owner, "b")).isTrue();
    assertThat(isFirst(UsedOnce.Kind.PROOF, owner + "/a", "")).isTrue();
    assertThat(isFirst(UsedOnce.Kind.PROOF, owner, "a/")).isTrue();
  }

  @Test
  void whatIsSweptIsOlderThanAnyClockTakes() {
    assertThat(isFirst(UsedOnce.Kind.PROOF, owner, "swept")).isTrue();
    used.sweep(until.plus(Duration.ofMinutes(1)));
    assertThat(isFirst(UsedOnce.Kind.PROOF, owner, "swept")).as("a minute later").isFalse();
    used.sweep(until.plus(Duration.ofMinutes(1)).plusMillis(1));
    assertThat(isFirst(UsedOnce.Kind.PROOF, owner, "swept")).as("after that").isTrue();
  }
}
