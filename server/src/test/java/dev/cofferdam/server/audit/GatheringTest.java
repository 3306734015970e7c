package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.unit.DataSize;

/** What a server takes out of an outbox into which others write too. */
class GatheringTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private static final AuditSettings SETTINGS =
      new AuditSettings(
          "cofferdam",
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          1000,
          DataSize.ofMegabytes(4),
          100,
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));

  private final LogId log = new LogId.OfTenant(SERVER.newTenant().tenant());
  private final LogId another = new LogId.OfTenant(SERVER.newTenant().tenant());
  private final Draft first = draft(log);
  private final Draft second = draft(log);
  private final Draft third = draft(another);
  private final Set<RecordId> own = new HashSet<>();
  private final Intake intake = new Intake(1000, 1 << 20);
  private final Gathering gathering =
      new Gathering(
          SETTINGS,
          new Outboxed(SERVER.bean(LogStore.class), List.of(first, second, third)),
          new CheckpointKeys(
              SERVER.bean(Keyring.class),
              SERVER.bean(TenantGate.class),
              Clock.systemUTC(),
              intake::poke),
          intake,
          new Backlog(Clock.systemUTC(), SETTINGS.longestLag()),
          own::contains);

  private static Draft draft(LogId log) {
    return new Draft(log, new RecordId(UUID.randomUUID()), new byte[] {'{', '}'}, true);
  }

  /** Whatever is left to others, both logs can be served. */
  @BeforeEach
  void openKeys() throws InterruptedException {
    own.addAll(List.of(first.id(), third.id()));
    while (true) {
      Batch batch = gather();
      boolean both = batch.taken().size() == 2;
      gathering.giveBack(batch);
      if (both) {
        break;
      }
      intake.await(Duration.ofSeconds(5));
    }
    own.clear();
  }

  @AfterEach
  void close() {
    gathering.close();
  }

  private Batch gather() {
    intake.poke();
    return gathering.gather();
  }

  @Test
  void whatAnotherServerWroteAMomentAgoIsLeftToItAndTakenWhenItDoesNot() {
    long begin = System.nanoTime();
    Batch batch = gather();
    assertThat(batch.isEmpty()).isTrue();
    while (batch.isEmpty()) {
      Thread.onSpinWait();
      batch = gather();
    }
    assertThat(batch.drafts()).containsExactlyInAnyOrder(first, second, third);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(Gathering.LEFT_TO_OTHERS);
  }

  @Test
  void ofALogAllIsTakenInOrderOrNothingByWhoeverWroteTheFirst() {
    own.addAll(List.of(second.id(), third.id()));
    assertThat(gather().drafts()).containsExactly(third);
    own.add(first.id());
    own.remove(second.id());
    assertThat(gather().drafts()).containsExactly(first, second);
  }

  /** The real store, with an outbox of its own. */
  private record Outboxed(LogStore real, List<Draft> rows) implements LogStore {
    @Override
    public Map<LogId, Head> heads(Collection<LogId> logs, boolean locked) {
      return real.heads(logs, locked);
    }

    @Override
    public List<Draft> waiting(UUID behind, int each, int most) {
      return rows;
    }

    @Override
    public Set<RecordId> standing(Collection<Draft> drafts) {
      return real.standing(drafts);
    }

    @Override
    public Set<LogId> append(List<Growth> growths) {
      return real.append(growths);
    }

    @Override
    public <T> T together(Supplier<T> work) {
      return real.together(work);
    }
  }
}
