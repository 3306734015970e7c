package dev.cofferdam.server.tenancy.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.Repeated;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two tenants and unbound code share two connections, with every kind of failure in between. No
 * statement ever runs for another tenant, and no connection is lost. {@code
 * -Dcofferdam.leak.operations=…} runs longer.
 */
final class LeakTest {
  private static final int OPERATIONS =
      Repeated.times(
          "statements of two tenants at once", "cofferdam.leak.operations", 2_000, 20_000);
  private static final int AT_ONCE = 64;

  private final Map<String, AtomicLong> wrong = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> done = new ConcurrentHashMap<>();
  private final AtomicLong unboundRefused = new AtomicLong();
  private final AtomicLong[] inserted = {new AtomicLong(), new AtomicLong()};

  private interface Operation {
    void run(Worker worker) throws SQLException;
  }

  /** One kind of operation, and how many of a thousand are it. */
  private record Share(int ofThousand, String name, Operation operation) {}

  private static final List<Share> SHARES =
      List.of(
          new Share(452, "read", Worker::read),
          new Share(120, "two reads", Worker::readTwice),
          new Share(80, "insert with key", Worker::insertWithKey),
          new Share(50, "rollback", Worker::rollBack),
          new Share(70, "error", Worker::error),
          new Share(60, "error in a transaction", Worker::errorInTransaction),
          new Share(40, "batch", Worker::batch),
          new Share(40, "cursor", Worker::cursor),
          new Share(30, "foreign insert", Worker::foreignInsert),
          new Share(30, "savepoint", Worker::savepoint),
          new Share(20, "switched scope", Worker::switchScope),
          new Share(2, "session change", Worker::changeSession),
          new Share(5, "cancel", Worker::cancel),
          new Share(1, "server's timeout", Worker::serverTimeout));

  @Test
  void noRowOfAnotherTenantIsEverSeen() throws Exception {
    try (BoundDatabase database = new BoundDatabase();
        BoundPool pool = database.pool()) {
      database.asSuperuser(
          """
          insert into notes.note(tenant, title)
          select lpad((i % 2 + 1)::text, 32, '0')::uuid, 'seed' from generate_series(1, 400) i
          """);
      var permits = new Semaphore(AT_ONCE);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < OPERATIONS; i++) {
          int seed = i;
          permits.acquire();
          threads.execute(
              () -> {
                try {
                  operate(pool, new Random(seed));
                } finally {
                  permits.release();
                }
              });
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(done).hasSize(SHARES.size() + 1);
      assertThat(unboundRefused).hasPositiveValue();
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      assertThat(database.backends(pool)).hasSize(2);
      for (int tenant = 0; tenant < 2; tenant++) {
        long rows =
            Bound.as(
                scope(tenant),
                () ->
                    JdbcClient.create(pool)
                        .sql("select count(*) from notes.note where title <> 'seed'")
                        .query(Long.class)
                        .single());
        assertThat(rows).isEqualTo(inserted[tenant].get());
      }
    }
  }

  private static String scope(int tenant) {
    return tenant == 0 ? Bound.ONE : Bound.TWO;
  }

  private void operate(BoundPool pool, Random random) {
    var worker = new Worker(pool, random, random.nextInt(2));
    String name = "unbound";
    try {
      int lot = random.nextInt(1060);
      if (lot >= 1000) {
        worker.unbound(lot % 2 == 0);
      } else {
        Share share = drawn(lot);
        name = share.name();
        Bound.as(
            scope(worker.tenant),
            () -> {
              share.operation().run(worker);
              return 0;
            });
      }
    } catch (SQLException | RuntimeException e) {
      count(wrong, name + ": " + e);
    }
    count(done, name);
  }

  private static Share drawn(int lot) {
    int left = lot;
    for (Share share : SHARES) {
      left -= share.ofThousand();
      if (left < 0) {
        return share;
      }
    }
    throw new AssertionError("the shares do not add up to a thousand");
  }

  private static void count(Map<String, AtomicLong> counts, String name) {
    counts.computeIfAbsent(name, n -> new AtomicLong()).incrementAndGet();
  }

  /** One operation's means, on one tenant's behalf. */
  private final class Worker {
    private static final String SOME = "select tenant::text from notes.note limit 4";

    private final BoundPool pool;
    private final Random random;
    private final int tenant;
    private final JdbcClient client;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;

    Worker(BoundPool pool, Random random, int tenant) {
      this.pool = pool;
      this.random = random;
      this.tenant = tenant;
      this.client = JdbcClient.create(pool);
      this.template = new JdbcTemplate(pool);
      this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    private void own(List<String> tenants) {
      if (tenants.isEmpty()) {
        count(wrong, "nothing seen");
      }
      for (String seen : tenants) {
        if (!seen.endsWith(tenant == 0 ? "1" : "2")) {
          count(wrong, "a foreign row");
        }
      }
    }

    private void refused(Runnable operation, String what) {
      try {
        operation.run();
        count(wrong, what + " was not refused");
      } catch (DataAccessException expected) {
        // As it must be.
      }
    }

    void unbound(boolean inTransaction) {
      Runnable read =
          () ->
              transactionIf(
                  inTransaction,
                  () -> {
                    client.sql("select 1").query(Integer.class).single();
                    client.sql(SOME).query(String.class).list();
                  });
      refused(read, "an unbound read");
      unboundRefused.incrementAndGet();
    }

    private void transactionIf(boolean inTransaction, Runnable code) {
      if (inTransaction) {
        transaction.executeWithoutResult(status -> code.run());
      } else {
        code.run();
      }
    }

    void read() {
      own(client.sql(SOME).query(String.class).list());
    }

    void readTwice() {
      transaction.executeWithoutResult(
          status -> {
            read();
            Thread.yield();
            read();
          });
    }

    void insertWithKey() {
      var key = new GeneratedKeyHolder();
      client
          .sql("insert into notes.note(title) values (?) returning tenant::text")
          .param("n" + random.nextInt())
          .update(key);
      own(List.of(String.valueOf(key.getKeyAs(String.class))));
      inserted[tenant].incrementAndGet();
    }

    void rollBack() {
      transaction.executeWithoutResult(
          status -> {
            client.sql("insert into notes.note(title) values ('rolled back')").update();
            status.setRollbackOnly();
          });
    }

    void error() {
      refused(() -> template.execute("select 1/0"), "a division by zero");
    }

    void errorInTransaction() {
      refused(
          () ->
              transaction.executeWithoutResult(
                  status -> {
                    read();
                    template.execute("select 1/0");
                  }),
          "a division by zero");
    }

    void batch() {
      int[] counts =
          template.batchUpdate(
              "insert into notes.note(title) values (?)",
              List.of(new Object[] {"b"}, new Object[] {"c"}));
      inserted[tenant].addAndGet(Arrays.stream(counts).sum());
    }

    void cursor() {
      transaction.executeWithoutResult(
          status -> {
            var fetching = new JdbcTemplate(pool);
            fetching.setFetchSize(2);
            own(fetching.queryForList(SOME, String.class));
          });
    }

    void foreignInsert() {
      refused(
          () ->
              client
                  .sql("insert into notes.note(tenant, title) values (lpad(?, 32, '0')::uuid, 'f')")
                  .param(tenant == 0 ? "2" : "1")
                  .update(),
          "a foreign insert");
    }

    void savepoint() {
      transaction.executeWithoutResult(
          status -> {
            Object savepoint = status.createSavepoint();
            refused(() -> template.execute("select 1/0"), "a division by zero");
            status.rollbackToSavepoint(savepoint);
            read();
          });
    }

    void switchScope() {
      refused(
          () ->
              transaction.executeWithoutResult(
                  status -> {
                    read();
                    Bound.as(scope(1 - tenant), () -> client.sql(SOME).query(String.class).list());
                  }),
          "another scope in a transaction");
    }

    void changeSession() {
      template.execute("set my.own = '" + tenant + "'");
    }

    void cancel() throws SQLException {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        Thread canceller =
            Thread.startVirtualThread(
                () -> {
                  try {
                    Thread.sleep(random.nextInt(4));
                    statement.cancel();
                  } catch (SQLException | InterruptedException e) {
                    count(wrong, "cancelling: " + e);
                  }
                });
        try {
          statement.execute("select pg_sleep(0.003)");
        } catch (SQLException e) {
          if (!"57014".equals(e.getSQLState())) {
            throw e;
          }
        } finally {
          join(canceller);
        }
      }
    }

    private static void join(Thread thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void serverTimeout() {
      refused(
          () ->
              transaction.executeWithoutResult(
                  status -> {
                    template.execute("set local statement_timeout = 3");
                    template.execute("select pg_sleep(0.05)");
                  }),
          "a slow statement");
    }
  }
}
