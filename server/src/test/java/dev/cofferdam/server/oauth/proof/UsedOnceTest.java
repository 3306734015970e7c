package dev.cofferdam.server.oauth.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** As many as one key has names; each of them twelve times at once, in statements of many. */
  @Test
  void ofManyAtOnceEachNameIsFirstOnce() throws Exception {
    Map<String, AtomicInteger> firsts = new ConcurrentHashMap<>();
    List<Future<?>> workers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 480; n++) {
        String name = "n" + n % 40;
        workers.add(
            threads.submit(
                () -> {
                  if (isFirst(UsedOnce.Kind.PROOF, owner, name)) {
                    firsts.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }

    assertThat(firsts).hasSize(40);
    assertThat(firsts.values()).allMatch(count -> count.get() == 1);
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
