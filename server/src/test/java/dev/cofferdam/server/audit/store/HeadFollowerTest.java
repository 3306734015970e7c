package dev.cofferdam.server.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HeadFollowerTest {
  private static final Duration NEVER = Duration.ofDays(1);

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @Test
  void aLogThatCannotBeFollowedHoldsUpNoOther() throws Exception {
    LogId good = begun();
    LogId bad = begun();
    LogId better = begun();
    List<LogId> followed = new ArrayList<>();
    HeadFollower follower =
        HeadFollower.ofSeveral(
            "test",
            SERVER.bean(AllLogs.class),
            NEVER,
            1_000,
            grown -> {
              Map<LogId, Long> reached = new HashMap<>();
              for (AllLogs.Committed committed : grown) {
                if (committed.log().equals(bad)) {
                  throw new IllegalStateException("planted");
                }
                reached.put(committed.log(), committed.head().size());
              }
              followed.addAll(reached.keySet());
              return reached;
            });

    follower.round();
    assertThat(followed).contains(good, better).doesNotContain(bad);

    followed.clear();
    append(good);
    follower.round();
    assertThat(followed).contains(good).doesNotContain(better, bad);
  }

  private static LogId begun() {
    LogId log = new LogId.OfTenant(SERVER.newTenant().tenant());
    append(log);
    return log;
  }

  private static void append(LogId log) {
    Entry entry = Entry.done(log, new Actor.OfNode(UUID.randomUUID()), "secret.read");
    assertThat(SERVER.bean(AuditLog.class).append(entry)).isInstanceOf(Receipted.class);
  }
}
