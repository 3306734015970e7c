package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.testing.Faults;
import dev.cofferdam.server.testing.FaultyConnections;
import dev.cofferdam.server.testing.Repeated;
import dev.cofferdam.server.testing.RunningServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Every call to the database on the way of a record fails, before it took place and after, with the
 * connection kept and cut; on one server while another one appends to the same logs. {@code
 * -Dcofferdam.faults.points=…} says at how many points (CONTRIBUTING.md).
 */
final class FaultPointsTest {
  private static final int POINTS =
      Repeated.times("fault points of a record", "cofferdam.faults.points", 600, 2_500);
  private static final int AT_ONCE = 24;
  private static final double SHARE = 0.15;

  /** Every statement of the audit module that writes or decides, and what a test act writes. */
  private static final Set<String> CALLS =
      new TreeSet<>(
          Set.of(
              "audit.append",
              "audit.heads",
              "audit.waiting",
              "audit.standing",
              "audit.record",
              "audit.is_waiting",
              "insert into audit.personal",
              "insert into probe.act",
              "commit"));

  private static final Faults FAULTS =
      new Faults(
          Pattern.compile(
              "audit\\.(append|heads|waiting|standing|record|is_waiting)(?=\\()"
                  + "|insert into (audit\\.personal|probe\\.act)"));

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(FaultyConnections.class, () -> new FaultyConnections(FAULTS)),
          "cofferdam.audit.deadline=400ms",
          "cofferdam.database.ops-connections=8");

  @Test
  void afterEachWhatWasAnsweredStandsOnceAndNothingElseIsClaimed() throws Exception {
    List<Scope.OfTenant> tenants = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tenants.add(SERVER.newTenant());
    }
    Acts acts = new Acts(SERVER, tenants);
    WrittenLogs logs = new WrittenLogs(SERVER);
    Committer other = otherServer();
    other.start();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      FAULTS.let(SHARE);
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Random random = new Random(i);
        workers.add(
            threads.submit(
                () -> {
                  while (!isEnough()) {
                    acts.doOne(random);
                  }
                }));
      }
      LongRun progress = new LongRun("fault points", POINTS);
      for (Future<?> worker : workers) {
        while (!isDone(worker)) {
          progress.at(FAULTS.total());
        }
      }
    } finally {
      FAULTS.let(0);
      other.stop();
    }

    acts.assertAllStand(logs);
    LongRun.say(
        "%,d fault points in %,d acts: %s".formatted(FAULTS.total(), acts.size(), FAULTS.hit()));
    assertThat(FAULTS.total()).isGreaterThanOrEqualTo(POINTS);
    // The table: each call failed in each way.
    for (String call : CALLS) {
      for (Faults.Mode mode : Faults.Mode.values()) {
        assertThat(FAULTS.hit()).as("%s", FAULTS.hit()).containsKey(new Faults.Point(call, mode));
      }
    }
    assertThat(FAULTS.hit().keySet()).allMatch(point -> CALLS.contains(point.call()));
  }

  private static boolean isDone(Future<?> worker) throws Exception {
    try {
      worker.get(1, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  /** The rarest of them may want more than the number of points. */
  private static boolean isEnough() {
    if (FAULTS.total() < POINTS) {
      return false;
    }
    FAULTS.onlyWhereNoneWas();
    return FAULTS.hit().size() >= CALLS.size() * Faults.Mode.values().length;
  }

  /** A second server's committer, which takes what it finds in the outbox of all. */
  private static Committer otherServer() {
    AuditSettings settings = SERVER.bean(AuditSettings.class);
    Intake intake = new Intake(settings.queueRecords(), settings.queueSize().toBytes());
    Clock clock = Clock.systemUTC();
    LogStore store =
        new OpsStore(SERVER.opsBean(JdbcClient.class), SERVER.opsBean(TransactionOperations.class));
    CheckpointKeys keys =
        new CheckpointKeys(
            SERVER.bean(Keyring.class), SERVER.bean(TenantGate.class), clock, intake::poke);
    return new Committer(
        settings,
        store,
        new Gathering(
            settings, store, keys, intake, new Backlog(clock, settings.longestLag()), id -> true),
        new StoredReceipts(SERVER.app()),
        new Awaited(),
        intake,
        new AuditMetrics(new SimpleMeterRegistry()));
  }
}
