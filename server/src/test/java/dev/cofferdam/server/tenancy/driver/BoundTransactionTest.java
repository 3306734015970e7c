package dev.cofferdam.server.tenancy.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PgConnection;

/** One transaction speaks for one scope, and what cannot be bound is refused. */
final class BoundTransactionTest {
  private static final BoundDatabase DATABASE = new BoundDatabase();

  private final BoundPool pool = DATABASE.pool();

  @BeforeEach
  void seed() {
    DATABASE.asSuperuser(
        """
        truncate notes.note;
        insert into notes.note(tenant, title)
        select lpad(t::text, 32, '0')::uuid, t::text from generate_series(1, 2) t
        """);
  }

  @AfterEach
  void closePool() {
    pool.close();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static String read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select title from notes.note")) {
      var all = new StringBuilder();
      while (rows.next()) {
        all.append(rows.getString(1));
      }
      return all.toString();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void refusesAnotherScopeUntilTheTransactionEnds() throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      assertThat(Bound.as(Bound.ONE, () -> read(connection))).isEqualTo("1");
      assertThatThrownBy(() -> Bound.as(Bound.TWO, () -> read(connection)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("bound to another scope")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("25001");
      assertThatThrownBy(() -> read(connection)).hasMessageContaining("bound to another scope");
      assertThat(Bound.as(Bound.ONE, () -> read(connection))).isEqualTo("1");
      connection.commit();
      assertThat(Bound.as(Bound.TWO, () -> read(connection))).isEqualTo("2");
      connection.rollback();
    }
  }

  @Test
  void refusesToBindATransactionThatBeganUnbound() throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, "select 1");
      assertThatThrownBy(() -> Bound.as(Bound.ONE, () -> read(connection)))
          .hasMessageContaining("began without a scope");
      connection.rollback();
      assertThat(Bound.as(Bound.ONE, () -> read(connection))).isEqualTo("1");
      connection.rollback();
    }
  }

  @Test
  void refusesToFetchMoreRowsForAnotherScope() throws Exception {
    DATABASE.asSuperuser(
        "insert into notes.note(tenant, title) select lpad('1', 32, '0')::uuid, 'm' from"
            + " generate_series(1, 5)");
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(1);
        ResultSet rows =
            Bound.as(Bound.ONE, () -> statement.executeQuery("select title from notes.note"));
        rows.next();
        assertThatThrownBy(() -> Bound.as(Bound.TWO, rows::next))
            .hasMessageContaining("bound to another scope");
      }
      connection.rollback();
    }
  }

  @Test
  void commitsAndRollsBackOutsideTheScope() throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      Bound.as(Bound.ONE, () -> read(connection));
      connection.commit();
      Bound.as(Bound.ONE, () -> read(connection));
      var savepoint = Bound.as(Bound.ONE, () -> connection.setSavepoint("s"));
      connection.rollback(savepoint);
      connection.releaseSavepoint(savepoint);
      assertThat(connection.isValid(5)).isTrue();
      connection.rollback();
    }
  }

  /** A savepoint before the binding would undo it: so the binding goes before the savepoint. */
  @Test
  void keepsTheBindingWhenRollingBackToTheFirstSavepoint() throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      String seen =
          Bound.as(
              Bound.ONE,
              () -> {
                var savepoint = connection.setSavepoint();
                execute(connection, "delete from notes.note");
                connection.rollback(savepoint);
                return read(connection);
              });
      assertThat(seen).isEqualTo("1");
      connection.rollback();
    }
  }

  @Test
  void aBatchInAutocommitIsAllOrNothing() throws Exception {
    Bound.as(
        Bound.ONE,
        () -> {
          try (Connection connection = pool.getConnection();
              PreparedStatement statement =
                  connection.prepareStatement("insert into notes.note(title) values (?)")) {
            for (int i = 0; i < 600; i++) {
              statement.setString(1, "b");
              statement.addBatch();
            }
            statement.setString(1, null);
            statement.addBatch();
            assertThatThrownBy(statement::executeBatch)
                .isInstanceOf(java.sql.BatchUpdateException.class);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(read(connection)).isEqualTo("1");
          }
          return 0;
        });
  }

  @Test
  void anExpiredCapabilityIsRefusedAndCostsNoConnection() throws Exception {
    var backends = DATABASE.backends(pool);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(
              () ->
                  Bound.expiredAs(
                      Bound.ONE,
                      () -> {
                        try (Connection connection = pool.getConnection()) {
                          assertThat(connection.isValid(5)).isTrue();
                          return read(connection);
                        }
                      }))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("no valid capability is bound")
          // Trap 7: a state that Spring maps to a denied permission, and not 28000.
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42501");
    }
    assertThat(DATABASE.backends(pool)).isEqualTo(backends);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1; select 2",
        "select 1; set a.b = 'c'",
        "explain select * from notes.note",
        "/* x */ explain (analyze) select 1",
        "begin",
        "commit",
        "commit and chain",
        "rollback",
        "prepare transaction 'x'"
      })
  void refusesWhatCannotBeBoundAndKeepsTheConnection(String sql) throws Exception {
    var backends = DATABASE.backends(pool);
    for (String scope : new String[] {Bound.ONE, Bound.TWO}) {
      Bound.as(
          scope,
          () -> {
            try (Connection connection = pool.getConnection()) {
              assertThatThrownBy(() -> execute(connection, sql))
                  .isInstanceOf(java.sql.SQLFeatureNotSupportedException.class)
                  .hasMessageStartingWith("a bound connection does not take");
              assertThat(read(connection)).hasSize(1);
            }
            return 0;
          });
    }
    assertThat(DATABASE.backends(pool)).isEqualTo(backends);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy notes.note to stdout; set a.b = 1",
        "select 1",
        "set a.b = 1",
        "copyx",
        "/* copy */ select 1"
      })
  void theCopyApiTakesOneCopyAndNothingElse(String sql) throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      assertThatThrownBy(
              () ->
                  Bound.as(
                      Bound.ONE,
                      () ->
                          connection
                              .unwrap(PGConnection.class)
                              .getCopyAPI()
                              .copyOut(sql, new StringWriter())))
          .hasMessageContaining("anything but one COPY");
    }
  }

  @Test
  void copyInAutocommitIsRefused() throws Exception {
    try (Connection connection = pool.getConnection()) {
      assertThatThrownBy(
              () ->
                  Bound.as(
                      Bound.ONE,
                      () ->
                          connection
                              .unwrap(PGConnection.class)
                              .getCopyAPI()
                              .copyOut(
                                  "copy (select title from notes.note) to stdout",
                                  new StringWriter())))
          .hasMessageContaining("call setAutoCommit(false) first");
    }
  }

  @Test
  @SuppressWarnings("deprecation")
  void theFastPathReplicationAutosaveAndQueryModeAreRefused() throws Exception {
    try (Connection connection = pool.getConnection()) {
      var driver = connection.unwrap(PgConnection.class);
      assertThatThrownBy(() -> driver.getLargeObjectAPI().createLO()).isNotNull();
      assertThatThrownBy(driver::getReplicationProtocol)
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> driver.setAutosave(AutoSave.ALWAYS))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(
              () ->
                  connection
                      .unwrap(BaseConnection.class)
                      .getQueryExecutor()
                      .setPreferQueryMode(org.postgresql.jdbc.PreferQueryMode.SIMPLE))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  /** Trap 4, as far as it is the driver's. */
  @ParameterizedTest
  @CsvSource({
    "autosave, always",
    "autosave, conservative",
    "preferQueryMode, simple",
    "preferQueryMode, extendedForPrepared",
    "replication, database",
    "logServerErrorDetail, true",
    "readOnlyMode, always",
    "options, -c x.y=z",
    "socketFactory, a.b.C",
    "noSuchProperty, x"
  })
  void refusesPropertiesThatWouldPartTheBindingFromTheStatement(String name, String value) {
    assertThatThrownBy(() -> DATABASE.pool(DATABASE.target(), 1, Map.of(name, value)))
        .isInstanceOf(DriverRefusedException.class)
        .hasMessageContaining("`" + name + "`");
  }

  /** `set transaction` comes after the binding, which is a query: JDBC's own way works. */
  @Test
  void setTransactionAsTextIsTooLate() throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      assertThatThrownBy(
              () ->
                  Bound.as(
                      Bound.ONE,
                      () -> {
                        execute(connection, "set transaction isolation level serializable");
                        return 0;
                      }))
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("25001");
    }
  }

  @Test
  void deadlinesHoldFromTheFirstStatement() throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select current_setting('statement_timeout'), current_setting('lock_timeout'),
                       current_setting('idle_in_transaction_session_timeout'),
                       current_setting('transaction_timeout')
                """)) {
      row.next();
      assertThat(
              row.getString(1)
                  + " "
                  + row.getString(2)
                  + " "
                  + row.getString(3)
                  + " "
                  + row.getString(4))
          .isEqualTo("20s 5s 20s 40s");
    }
  }

  @Test
  void aDatabaseElsewhereNeedsVerifiedTls() {
    assertThatThrownBy(
            () -> new Target("db.example", 5432, "d", "u", null, Deadlines.ANSWERING, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`db.example`")
        .hasMessageContaining("trusted roots");
  }
}
