package dev.cofferdam.server.tenancy.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What breaks in the middle leaves the pool whole, and the next statement with its own scope. */
final class FailuresTest {
  private static final BoundDatabase DATABASE = new BoundDatabase();

  static {
    DATABASE.asSuperuser(
        """
        insert into notes.note(tenant, title)
        select lpad(t::text, 32, '0')::uuid, t::text from generate_series(1, 2) t
        """);
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static String read(BoundPool pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select title from notes.note")) {
      var all = new StringBuilder();
      while (rows.next()) {
        all.append(rows.getString(1));
      }
      return all.toString();
    }
  }

  /** Both connections work, each for whoever asks, and for nobody who is unbound. */
  private static void assertWhole(BoundPool pool) throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThat(Bound.as(Bound.ONE, () -> read(pool))).isEqualTo("1");
      assertThat(Bound.as(Bound.TWO, () -> read(pool))).isEqualTo("2");
      assertThatThrownBy(() -> read(pool)).hasMessageContaining("no tenant is bound");
    }
    assertThat(DATABASE.backends(pool)).hasSize(2);
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  private static void fails(BoundPool pool, boolean inTransaction, String sql) throws Exception {
    Bound.as(
        Bound.ONE,
        () -> {
          try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(!inTransaction);
            try (Statement statement = connection.createStatement()) {
              statement.setQueryTimeout(1);
              assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
            }
          }
          return 0;
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void errorsAndTheDriversOwnTimeout(boolean inTransaction) throws Exception {
    try (BoundPool pool = DATABASE.pool()) {
      var backends = DATABASE.backends(pool);
      fails(pool, inTransaction, "select 1/0");
      fails(pool, inTransaction, "select nonsense from notes.note");
      fails(pool, inTransaction, "syntax error");
      fails(pool, inTransaction, "insert into notes.note(title) values (null)");
      fails(
          pool,
          inTransaction,
          "insert into notes.note(tenant, title) values (lpad('2', 32, '0')::uuid, 'x')");
      fails(pool, inTransaction, "select pg_sleep(3)");
      assertThat(DATABASE.backends(pool)).isEqualTo(backends);
      assertWhole(pool);
    }
  }

  @Test
  void cancelsFromAnotherThread() throws Exception {
    try (BoundPool pool = DATABASE.pool()) {
      var backends = DATABASE.backends(pool);
      for (int i = 0; i < 20; i++) {
        Bound.as(
            Bound.ONE,
            () -> {
              try (Connection connection = pool.getConnection();
                  Statement statement = connection.createStatement()) {
                Thread canceller = Thread.startVirtualThread(() -> cancelRepeatedly(statement));
                assertThatThrownBy(() -> statement.execute("select pg_sleep(5)"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("57014");
                canceller.join();
              }
              return 0;
            });
      }
      assertThat(DATABASE.backends(pool)).isEqualTo(backends);
      assertWhole(pool);
    }
  }

  private static void cancelRepeatedly(Statement statement) {
    // The statement may not have been sent yet: cancelling one that does not run does nothing.
    for (int i = 0; i < 5; i++) {
      try {
        Thread.sleep(10);
        statement.cancel();
      } catch (SQLException | InterruptedException e) {
        return;
      }
    }
  }

  @Test
  void theServersDeadlines() throws Exception {
    var short_ =
        new Deadlines(
            Duration.ofMillis(300),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofMillis(700));
    try (BoundPool pool =
        DATABASE.pool(DATABASE.target(BoundDatabase.port(), short_), 2, Map.of())) {
      fails(pool, false, "select pg_sleep(3)");
      fails(pool, true, "select pg_sleep(3)");
      // The server ends the whole connection for these two.
      for (String sql : new String[] {"select 1", "select pg_sleep(0.25)"}) {
        Bound.as(
            Bound.ONE,
            () -> {
              try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> repeat(connection, sql)).isInstanceOf(SQLException.class);
              } catch (SQLException closing) {
                assertThat(closing.getSQLState()).startsWith("08");
              }
              return 0;
            });
      }
      assertWhole(pool);
    }
  }

  /** Idles when the statement is quick, and outlives the transaction's time when it is slow. */
  private static void repeat(Connection connection, String sql) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < end) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
        if (sql.equals("select 1")) {
          TimeUnit.MILLISECONDS.sleep(600);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theServersProcessEnds(boolean inTransaction) throws Exception {
    try (BoundPool pool = DATABASE.pool()) {
      for (int i = 0; i < 4; i++) {
        Bound.as(
            Bound.ONE,
            () -> {
              try (Connection connection = pool.getConnection();
                  Statement statement = connection.createStatement()) {
                connection.setAutoCommit(!inTransaction);
                statement.execute("select 1");
                int backend = connection.unwrap(PGConnection.class).getBackendPID();
                DATABASE.asSuperuser("select pg_terminate_backend(" + backend + ", 5000)");
                assertThatThrownBy(() -> statement.execute("select title from notes.note"))
                    .isInstanceOf(SQLException.class);
              }
              return 0;
            });
      }
      assertWhole(pool);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theWireIsCutInAStatement(boolean inTransaction) throws Exception {
    try (Wire wire = new Wire(BoundDatabase.port());
        BoundPool pool =
            DATABASE.pool(DATABASE.target(wire.port(), BoundDatabase.DEADLINES), 2, Map.of())) {
      for (int i = 0; i < 4; i++) {
        Bound.as(
            Bound.ONE,
            () -> {
              try (Connection connection = pool.getConnection();
                  Statement statement = connection.createStatement()) {
                connection.setAutoCommit(!inTransaction);
                statement.execute("select 1");
                wire.cutAtNextTrip();
                assertThatThrownBy(() -> statement.execute("select title from notes.note"))
                    .isInstanceOf(SQLException.class);
              }
              return 0;
            });
      }
      assertWhole(pool);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void exceptionsInTheCodeOfACaller(boolean inTransaction) throws Exception {
    try (BoundPool pool = DATABASE.pool()) {
      var template = new JdbcTemplate(pool);
      var transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
      for (int i = 0; i < 6; i++) {
        assertThatThrownBy(
                () ->
                    Bound.as(
                        Bound.ONE,
                        () ->
                            inTransaction
                                ? transaction.execute(status -> readAndThrow(template))
                                : readAndThrow(template)))
            .hasMessage("in the caller");
      }
      assertWhole(pool);
    }
  }

  private static Object readAndThrow(JdbcTemplate template) {
    return template.queryForList("select title from notes.note", String.class).stream()
        .map(
            title -> {
              throw new IllegalStateException("in the caller");
            })
        .toList();
  }
}
