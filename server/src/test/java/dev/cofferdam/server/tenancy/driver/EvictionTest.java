package dev.cofferdam.server.tenancy.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/** A connection that comes back changed is closed, and one that is not stays. */
final class EvictionTest {
  private static final BoundDatabase DATABASE = new BoundDatabase();

  // One connection, so that the next one lent shows what became of it.
  private final BoundPool pool = DATABASE.pool(DATABASE.target(), 1, Map.of());

  @AfterEach
  void closePool() {
    pool.close();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private interface Use {
    void of(Connection connection) throws Exception;
  }

  private int backendAfter(Use use) throws Exception {
    int backend;
    try (Connection connection = pool.getConnection()) {
      backend = connection.unwrap(PGConnection.class).getBackendPID();
      Bound.as(
          Bound.ONE,
          () -> {
            use.of(connection);
            return 0;
          });
    }
    return backend;
  }

  private void assertEvicts(Use use) throws Exception {
    int changed = backendAfter(use);
    // When it comes back, not when the next one is lent.
    assertEnds(changed);
    assertThat(backendAfter(connection -> {})).isNotEqualTo(changed);
    assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isOne();
  }

  /** The server's process ends: the connection is closed physically, and not only out of use. */
  private static void assertEnds(int backend) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (ProcessHandle.of(backend).isPresent()) {
      assertThat(System.nanoTime()).as("backend ends").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set search_path = pg_catalog",
        "set my.own = 'x'",
        "set statement_timeout = 0",
        "set default_transaction_read_only = on",
        "set time zone 'Asia/Tokyo'",
        "set role none",
        "set session characteristics as transaction isolation level serializable",
        "reset all",
        "reset my.own",
        "listen channel",
        "unlisten *",
        "prepare p as select 1",
        "deallocate all",
        "SET/**/my.own = 'x'"
      })
  void whatChangesTheSession(String sql) throws Exception {
    assertEvicts(connection -> execute(connection, sql));
    assertEvicts(
        connection -> {
          connection.setAutoCommit(false);
          execute(connection, sql);
          connection.commit();
        });
    assertEvicts(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.addBatch(sql);
            statement.executeBatch();
          }
        });
    // Past the pool's own proxy.
    assertEvicts(connection -> connection.unwrap(BaseConnection.class).execSQLUpdate(sql));
  }

  @Test
  void aCursorHeldBeyondItsTransaction() throws Exception {
    assertEvicts(
        connection -> {
          connection.setAutoCommit(false);
          execute(connection, "declare held cursor with hold for select title from notes.note");
          connection.commit();
        });
  }

  @Test
  void aSettingThatTheDriverSetsForItsUser() throws Exception {
    assertEvicts(connection -> connection.setClientInfo("ApplicationName", "other"));
    assertEvicts(connection -> connection.setSchema("pg_catalog"));
    assertEvicts(
        connection ->
            connection
                .unwrap(BoundConnection.class)
                .setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
  }

  @Test
  void aTransactionLeftOpenPastThePool() throws Exception {
    assertEvicts(
        connection -> {
          Connection driver = connection.unwrap(BoundConnection.class);
          driver.setAutoCommit(false);
          execute(driver, "select 1");
        });
  }

  @Test
  void aConnectionClosedPastThePool() throws Exception {
    assertEvicts(connection -> connection.unwrap(BoundConnection.class).close());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "set local my.own = 'x'",
        "set local statement_timeout = '1s'",
        "set local search_path = pg_catalog",
        "set constraints all deferred",
        "declare c cursor for select 1",
        "lock table notes.note in row exclusive mode",
        "notify channel"
      })
  void whatEndsWithItsTransactionKeepsTheConnection(String sql) throws Exception {
    int first =
        backendAfter(
            connection -> {
              connection.setAutoCommit(false);
              execute(connection, sql);
              connection.commit();
            });
    assertThat(backendAfter(connection -> {})).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1/0",
        "discard all",
        "load 'plpgsql'",
        "create temp table t (a int)",
        "select 1 as a into temp t",
        "do $$ begin perform 1; end $$",
        "select set_config('my.own', 'x', false)",
        "select pg_advisory_lock(1)",
        "select lo_create(0)",
        "set backtrace_functions = 't_00000000000000000000000000000002'",
        "set role cofferdam_owner",
        "copy notes.note to program 'id'"
      })
  void whatTheServerRefusesTheApplicationRole(String sql) throws Exception {
    backendAfter(
        connection -> {
          connection.setAutoCommit(false);
          assertThatThrownBy(() -> execute(connection, sql)).isInstanceOf(SQLException.class);
          connection.rollback();
        });
    // Whether it was replaced or not, the next one lent is as new.
    backendAfter(
        connection -> {
          try (Statement statement = connection.createStatement();
              var row =
                  statement.executeQuery(
                      "select current_user || coalesce(current_setting('my.own', true), '')")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("cofferdam_app");
          }
        });
  }

  @Test
  void resetsThatThePoolMakesKeepTheConnection() throws Exception {
    int first =
        backendAfter(
            connection -> {
              connection.setReadOnly(true);
              connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
              connection.setAutoCommit(false);
              connection.setNetworkTimeout(Runnable::run, 9000);
              execute(connection, "select 1");
            });
    assertThat(backendAfter(connection -> {})).isEqualTo(first);
  }
}
