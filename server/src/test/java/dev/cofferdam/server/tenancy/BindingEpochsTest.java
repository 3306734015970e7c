package dev.cofferdam.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.BindingEpochs.Rotation;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.MovableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class BindingEpochsTest {
  private static final BindingKeys KEYS = keys(1);
  private static final Duration DAY = Duration.ofHours(24);

  /** The statement that calls the function, planned whenever it comes as text. */
  private static final int THE_CALL_ALONE = 1;

  /** How often PostgreSQL plans with the values before it asks whether that pays, and some more. */
  private static final int UNDECIDED = 8;

  private final TestDatabase database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void theFirstStartInstallsEpochOneAndEveryLaterOneFindsIt() {
    Server first = new Server(KEYS);
    Server second = new Server(KEYS);
    first.epochs.start();
    second.epochs.start();
    assertThat(installed()).containsExactly(1);
    first.bind();
    second.bind();
  }

  @Test
  void aDatabaseOfAnotherRootKeyIsRefused() {
    new Server(KEYS).epochs.start();
    assertThatThrownBy(() -> new Server(keys(2)).epochs.start())
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("another root key");
  }

  @Test
  void aRotationIsDueWhenTheNewestEpochIsOldEnoughAndTheOverlapIsOver() {
    Server server = new Server(KEYS);
    server.epochs.start();
    assertThat(server.epochs.rotateIfOlderThan(DAY)).isEqualTo(new Rotation.NotDue(1));
    clock.advance(DAY.minusNanos(1000));
    assertThat(server.epochs.rotateIfOlderThan(DAY)).isEqualTo(new Rotation.NotDue(1));
    clock.advance(Duration.ofNanos(1000));
    assertThat(server.epochs.rotateIfOlderThan(DAY)).isEqualTo(new Rotation.Rotated(2));
    assertThat(installed()).containsExactly(1, 2);
    assertThat(server.epochs.rotate())
        .isEqualTo(new Rotation.Overlapping(2, clock.instant().plus(BindingEpochs.OVERLAP)));
    clock.advance(BindingEpochs.OVERLAP);
    assertThat(server.epochs.rotateIfOlderThan(DAY)).isEqualTo(new Rotation.NotDue(2));
    assertThat(installed()).containsExactly(2);
    assertThat(server.epochs.rotate()).isEqualTo(new Rotation.Rotated(3));
    server.bind();
  }

  @Test
  void aCapabilityOfARemovedEpochIsRefused() {
    Server server = new Server(KEYS);
    server.epochs.start();
    byte[] old = server.capabilities.capability("x_test");
    server.epochs.rotate();
    server.bind(old);
    clock.advance(BindingEpochs.OVERLAP);
    server.epochs.rotateIfOlderThan(DAY);
    assertThatThrownBy(() -> server.bind(old))
        .hasStackTraceContaining("no valid capability is bound");
  }

  @Test
  void aServerThatCannotSeeTheEpochsIsNotThoughtToFollowThem() {
    Server server = new Server(KEYS);
    assertThat(server.epochs.isFollowed()).isFalse();
    server.epochs.start();
    clock.advance(BindingEpochs.FRESHNESS);
    assertThat(server.epochs.isFollowed()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(server.epochs.isFollowed()).isFalse();
    server.epochs.follow();
    assertThat(server.epochs.isFollowed()).isTrue();
  }

  @Test
  void ofServersThatRotateAtOnceOneDoes() throws Exception {
    List<Server> servers = List.of(new Server(KEYS), new Server(KEYS), new Server(KEYS));
    servers.forEach(server -> server.epochs.start());
    clock.advance(DAY);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Rotation> outcomes = new ArrayList<>();
      for (Future<Rotation> outcome :
          threads.invokeAll(
              servers.stream()
                  .<Callable<Rotation>>map(server -> () -> server.epochs.rotateIfOlderThan(DAY))
                  .toList())) {
        outcomes.add(outcome.get());
      }
      assertThat(outcomes).filteredOn(Rotation.Rotated.class::isInstance).hasSize(1);
    }
    assertThat(installed()).containsExactly(1, 2);
  }

  @Test
  void noStatementOfTwoBusyServersFailsOverManyRotations() throws Exception {
    List<Server> servers = List.of(new Server(KEYS), new Server(KEYS));
    servers.forEach(server -> server.epochs.start());
    AtomicBoolean going = new AtomicBoolean(true);
    List<AtomicLong> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Server server = servers.get(i % 2);
        AtomicLong count = new AtomicLong();
        done.add(count);
        workers.add(
            threads.submit(
                () -> {
                  SingleConnectionDataSource connection =
                      new SingleConnectionDataSource(
                          database.as(DatabaseRole.APP).getConnection(), false);
                  JdbcClient client = JdbcClient.create(connection);
                  while (going.get()) {
                    server.bindWith(client, server.capabilities.capability("x_test"));
                    count.incrementAndGet();
                  }
                  connection.destroy();
                  return null;
                }));
      }
      try {
        for (int rotation = 0; rotation < 12; rotation++) {
          clock.advance(DAY);
          Server leader = servers.get(rotation % 2);
          assertThat(leader.epochs.rotateIfOlderThan(DAY)).isInstanceOf(Rotation.Rotated.class);
          servers.forEach(server -> server.epochs.follow());
          // In place of five real minutes: whoever minted with the old key has used it.
          awaitAnotherRoundOf(done, workers);
          clock.advance(BindingEpochs.OVERLAP);
          assertThat(leader.epochs.rotateIfOlderThan(DAY)).isInstanceOf(Rotation.NotDue.class);
          assertThat(installed()).hasSize(1);
        }
      } finally {
        going.set(false);
      }
      for (Future<?> worker : workers) {
        assertThatCode(worker::get).doesNotThrowAnyException();
      }
    }
    assertThat(installed()).containsExactly(13);
  }

  /** Planning takes longer than verifying, and every statement would pay for it. */
  @Test
  void aSessionPlansTheVerificationNoMoreOnceItHasDoneSoAFewTimes() throws Exception {
    Server server = new Server(KEYS);
    server.epochs.start();
    assertThat(plansMade(server)).containsOnly(THE_CALL_ALONE);
    server.epochs.rotate();
    assertThat(plansMade(server)).containsOnly(THE_CALL_ALONE);
  }

  @Test
  void aServerThatFindsAKeyHasItCountedToo() throws Exception {
    new Server(KEYS).epochs.start();
    JdbcClient owner = JdbcClient.create(database.as(DatabaseRole.OWNER));
    // As a database is that was restored from a dump.
    JdbcClient.create(database.superuser())
        .sql(
            "update pg_class set reltuples = -1, relpages = 0 where oid = 'tenancy.binding_key'::regclass")
        .update();
    Server later = new Server(KEYS);
    assertThat(plansMade(later)).containsOnly(THE_CALL_ALONE + 1);
    later.epochs.start();
    assertThat(plansMade(later)).containsOnly(THE_CALL_ALONE);
  }

  @Test
  void theDatabaseKeepsNothingOfAKeyForItsPlanner() {
    Server server = new Server(KEYS);
    server.epochs.start();
    server.epochs.rotate();
    JdbcClient superuser = JdbcClient.create(database.superuser());
    superuser.sql("analyze tenancy.binding_key").update();
    assertThat(
            superuser
                .sql(
                    """
                    select attname from pg_statistic s
                      join pg_attribute a on a.attrelid = s.starelid and a.attnum = s.staattnum
                     where s.starelid = 'tenancy.binding_key'::regclass order by 1
                    """)
                .query(String.class)
                .list())
        .containsExactly("epoch", "installed_at");
  }

  /**
   * How many plans each of a few calls of {@code tenancy.bind} took, past those by which a session
   * makes up its mind.
   */
  private List<Integer> plansMade(Server server) throws SQLException {
    server.capabilities.use(1);
    List<Integer> made = new ArrayList<>();
    try (Connection session = database.superuser().getConnection();
        Statement statement = session.createStatement()) {
      String call =
          "select tenancy.bind('\\x%s')"
              .formatted(HexFormat.of().formatHex(server.capabilities.capability("x_test")));
      for (int time = 0; time < UNDECIDED; time++) {
        statement.execute(call);
      }
      statement.execute("set client_min_messages = log");
      statement.execute("set debug_print_plan = on");
      for (int time = 0; time < 3; time++) {
        statement.clearWarnings();
        statement.execute(call);
        made.add(plans(statement.getWarnings()));
      }
    }
    return made;
  }

  private static int plans(@Nullable SQLWarning first) {
    int plans = 0;
    for (SQLWarning each = first; each != null; each = each.getNextWarning()) {
      if (String.valueOf(each.getMessage()).startsWith("plan:")) {
        plans++;
      }
    }
    return plans;
  }

  private static void awaitAnotherRoundOf(List<AtomicLong> done, List<Future<?>> workers) {
    long[] before = done.stream().mapToLong(AtomicLong::get).toArray();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    for (int i = 0; i < before.length; i++) {
      while (done.get(i).get() < before[i] + 2 && !workers.get(i).isDone()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.yield();
      }
    }
  }

  private List<Integer> installed() {
    return JdbcClient.create(database.as(DatabaseRole.OPS))
        .sql("select epoch from tenancy.binding_epochs() order by 1")
        .query(Integer.class)
        .list();
  }

  private static BindingKeys keys(int root) {
    return epoch -> {
      byte[] key = new byte[32];
      Arrays.fill(key, (byte) (root * 31 + epoch));
      return key;
    };
  }

  /** One of several servers of one database. Capabilities expire by the real clock. */
  private final class Server {
    final Capabilities capabilities;
    final BindingEpochs epochs;

    Server(BindingKeys keys) {
      capabilities = new Capabilities(keys, Clock.systemUTC());
      epochs =
          new BindingEpochs(
              database.as(DatabaseRole.OWNER),
              database.as(DatabaseRole.APP),
              keys,
              capabilities,
              clock);
    }

    void bind() {
      bind(capabilities.capability("t_" + Scope.hex(UUID.randomUUID())));
    }

    void bind(byte[] capability) {
      bindWith(JdbcClient.create(database.as(DatabaseRole.APP)), capability);
    }

    void bindWith(JdbcClient client, byte[] capability) {
      client
          .sql("select coalesce(tenancy.bind(:it), tenancy.unbound('valid capability'))")
          .param("it", capability)
          .query(String.class)
          .single();
    }
  }
}
