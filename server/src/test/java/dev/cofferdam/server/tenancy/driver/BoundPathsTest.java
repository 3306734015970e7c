package dev.cofferdam.server.tenancy.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.io.StringWriter;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every way of JDBC to run a statement: it sees the own tenant's rows and no other's, however the
 * driver is tuned and whatever thread runs it, and takes the round trips that are promised.
 *
 * <p>Traps 1 and 2 are among the paths: statements that the driver has described, and generated
 * keys.
 */
final class BoundPathsTest {
  private static final BoundDatabase DATABASE = new BoundDatabase();

  private static final List<Map<String, String>> TUNINGS =
      List.of(
          Map.of(),
          Map.of("prepareThreshold", "0"),
          Map.of("prepareThreshold", "1"),
          Map.of("prepareThreshold", "-1"),
          Map.of("reWriteBatchedInserts", "true"),
          Map.of("binaryTransfer", "false"),
          Map.of("adaptiveFetch", "true", "defaultRowFetchSize", "2", "maxResultBuffer", "1M"));

  /** Tenant one has notes `a`, `b`, `c`; tenant two has `x` and `y`. */
  @BeforeEach
  void seed() {
    DATABASE.asSuperuser(
        """
        delete from notes.note;
        insert into notes.note(tenant, title)
        select lpad(t::text, 32, '0')::uuid, title
          from (values (1, 'a'), (1, 'b'), (1, 'c'), (2, 'x'), (2, 'y')) v(t, title)
        """);
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  /** What a path does, and what it answers for tenant one. */
  private record Path(String name, int trips, Object answer, Work work) {
    @Override
    public String toString() {
      return name;
    }
  }

  private interface Work {
    Object on(DataSource source) throws Exception;
  }

  private interface OnConnection {
    Object run(Connection connection) throws SQLException, java.io.IOException;
  }

  private static Path path(String name, int trips, Object answer, Work work) {
    return new Path(name, trips, answer, work);
  }

  private static Path onConnection(String name, int trips, Object answer, OnConnection work) {
    return path(
        name,
        trips,
        answer,
        source -> {
          try (Connection connection = source.getConnection()) {
            return work.run(connection);
          }
        });
  }

  /** In a transaction; its COMMIT is one of the trips. */
  private static Path inTransaction(String name, int trips, Object answer, OnConnection work) {
    return onConnection(
        name,
        trips,
        answer,
        connection -> {
          connection.setAutoCommit(false);
          Object result = work.run(connection);
          connection.commit();
          return result;
        });
  }

  private static String titles(ResultSet rows) throws SQLException {
    var titles = new StringBuilder();
    while (rows.next()) {
      titles.append(rows.getString("title"));
    }
    return titles.toString();
  }

  private static String titles(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select title from notes.note order by title")) {
      return titles(rows);
    }
  }

  private static final String ALL = "select title from notes.note order by title";
  private static final String INSERT = "insert into notes.note(title) values (?)";

  @SuppressWarnings("UnusedVariable")
  private static final List<Path> PATHS =
      List.of(
          path("JdbcClient query", 1, List.of("a", "b", "c"), BoundPathsTest::clientQuery),
          path(
              "JdbcClient update",
              1,
              1,
              source -> JdbcClient.create(source).sql(INSERT).param("d").update()),
          path("generated key by KeyHolder", 1, "1 t", BoundPathsTest::keyHolder),
          path(
              "returning as a query",
              1,
              "d",
              source ->
                  JdbcClient.create(source)
                      .sql("insert into notes.note(title) values (?) returning title")
                      .param("d")
                      .query(String.class)
                      .single()),
          onConnection("plain statement", 1, "abc", BoundPathsTest::titles),
          onConnection(
              "all generated keys, at most one row", 1, "d", BoundPathsTest::keyAndMaxRows),
          onConnection("20 times the same query", 20, "abc".repeat(20), BoundPathsTest::often),
          onConnection("untyped timestamp parameter", 12, 36, BoundPathsTest::untyped),
          onConnection(
              "a null of no type, again and again", 12, "abc".repeat(12), BoundPathsTest::nulls),
          onConnection("metadata first", 11, "abc".repeat(10), BoundPathsTest::metadataFirst),
          onConnection("callable", 1, "ABC", BoundPathsTest::callable),
          onConnection("updatable result set", 4, "updated", BoundPathsTest::updatable),
          onConnection("scrollable result set", 1, "ca", BoundPathsTest::scrollable),
          onConnection("at most two rows", 1, "ab", BoundPathsTest::maxRows),
          onConnection("execute and getMoreResults", 1, "abc", BoundPathsTest::executeThenResults),
          onConnection("error, then query", 2, "abc", BoundPathsTest::errorThenQuery),
          onConnection("batch in autocommit", 3, List.of(1, 1), BoundPathsTest::batch),
          onConnection("batch of texts", 3, List.of(1, 1), BoundPathsTest::textBatch),
          onConnection("batch with generated keys", 6, 3, BoundPathsTest::keyBatch),
          inTransaction("batch first in a transaction", 3, List.of(1, 1), BoundPathsTest::batch),
          inTransaction("two queries", 3, "abcabc", c -> titles(c) + titles(c)),
          inTransaction("a fetch size of 2 first", 3, "abc", BoundPathsTest::fetched),
          inTransaction("a fetch size of 2 second", 4, "abcabc", c -> titles(c) + fetched(c)),
          onConnection("a fetch size in autocommit", 1, "abc", BoundPathsTest::fetched),
          inTransaction("savepoint, error, rollback to it", 5, "abc", BoundPathsTest::savepoint),
          inTransaction("COPY out", 3, "3 abc", BoundPathsTest::copyOut),
          inTransaction("metadata first in a transaction", 3, "abc", BoundPathsTest::metadataOnce),
          onConnection("rolled back", 3, "abc", BoundPathsTest::rolledBack),
          path("read-only by Spring", 2, List.of("a", "b", "c"), BoundPathsTest::readOnly),
          path("serializable by Spring", 5, "serializable", BoundPathsTest::serializable),
          path("stream by Spring", 3, 3L, BoundPathsTest::streamed));

  static Stream<Arguments> pathsInEveryTuning() {
    return TUNINGS.stream()
        .flatMap(tuning -> Stream.of(false, true).map(virtual -> Arguments.of(tuning, virtual)));
  }

  @ParameterizedTest(name = "{0}, virtual thread: {1}")
  @MethodSource("pathsInEveryTuning")
  void everyPathSeesItsTenantAlone(Map<String, String> tuning, boolean virtual) throws Exception {
    var wrong = new ArrayList<String>();
    try (BoundPool pool = DATABASE.pool(DATABASE.target(), 2, tuning)) {
      Set<Integer> backends = DATABASE.backends(pool);
      for (Path path : PATHS) {
        for (int round = 0; round < 2; round++) {
          seed();
          Object answer = outcome(path, pool, virtual, Bound.ONE);
          if (!answer.equals(path.answer())) {
            wrong.add(path + ", round " + round + ": " + answer + ", not " + path.answer());
          }
          // The same connection, unbound: refused by the database, whatever ran before.
          Object unbound = unbound(pool);
          if (!unbound.equals("no tenant is bound to this statement")) {
            wrong.add("unbound after " + path + ": " + unbound);
          }
        }
      }
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      assertThat(DATABASE.backends(pool)).as("no healthy connection lost").isEqualTo(backends);
    }
    assertThat(wrong).isEmpty();
  }

  private static Object outcome(Path path, BoundPool pool, boolean virtual, String scope)
      throws Exception {
    Callable<Object> bound =
        () ->
            Bound.as(
                scope,
                () -> {
                  try {
                    return path.work().on(pool);
                  } catch (SQLException | RuntimeException e) {
                    return e;
                  }
                });
    var task = new FutureTask<>(bound);
    Thread thread = virtual ? Thread.ofVirtual().start(task) : Thread.ofPlatform().start(task);
    thread.join();
    return task.get();
  }

  private static Object unbound(BoundPool pool) {
    try (Connection connection = pool.getConnection()) {
      return titles(connection);
    } catch (SQLException e) {
      return String.valueOf(e.getMessage()).replaceFirst("ERROR: ", "");
    }
  }

  @ParameterizedTest
  @FieldSource("PATHS")
  void takesTheRoundTripsThatArePromised(Path path) throws Exception {
    try (Wire wire = new Wire(BoundDatabase.port());
        BoundPool pool =
            DATABASE.pool(DATABASE.target(wire.port(), BoundDatabase.DEADLINES), 1, Map.of())) {
      // The binding's statement is prepared once a connection, at its first use.
      Bound.as(Bound.ONE, () -> clientQuery(pool));
      int before = wire.trips();
      Object answer = Bound.as(Bound.ONE, () -> path.work().on(pool));
      assertThat(answer).isEqualTo(path.answer());
      assertThat(wire.trips() - before).isEqualTo(path.trips());
    }
  }

  /** Trap 5: an unbound statement raises; it does not merely find nothing. */
  @Test
  void refusesAnUnboundStatement() throws Exception {
    try (BoundPool pool = DATABASE.pool()) {
      assertThat(unbound(pool)).isEqualTo("no tenant is bound to this statement");
      String other = Bound.as(Bound.TWO, () -> titles(pool.getConnection()));
      assertThat(other).isEqualTo("xy");
    }
  }

  private static Object clientQuery(DataSource source) {
    return JdbcClient.create(source).sql(ALL).query(String.class).list();
  }

  private static Object keyHolder(DataSource source) {
    var keys = new GeneratedKeyHolder();
    int count =
        JdbcClient.create(source)
            .sql("insert into notes.note(title) values ('t')")
            .update(keys, "title");
    return count + " " + keys.getKeyAs(String.class);
  }

  private static Object keyAndMaxRows(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
      statement.setMaxRows(1);
      statement.setString(1, "d");
      statement.executeUpdate();
      return titles(statement.getGeneratedKeys());
    }
  }

  private static Object often(Connection connection) throws SQLException {
    var all = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      try (PreparedStatement statement = connection.prepareStatement(ALL);
          ResultSet rows = statement.executeQuery()) {
        all.append(titles(rows));
      }
    }
    return all.toString();
  }

  private static Object untyped(Connection connection) throws SQLException {
    int rows = 0;
    for (int i = 0; i < 12; i++) {
      try (PreparedStatement statement =
          connection.prepareStatement("select title from notes.note where at < ?")) {
        statement.setTimestamp(1, Timestamp.from(Instant.now().plusSeconds(100)));
        rows += titles(statement.executeQuery()).length();
      }
    }
    return rows;
  }

  /** What comes back in binary past the threshold is read as such, however it is described. */
  private static Object nulls(Connection connection) throws SQLException {
    var all = new StringBuilder();
    UUID first = new UUID(0, 1);
    for (int i = 0; i < 12; i++) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              select tenant, 7::bigint as number, title from notes.note
               where tenant > ?::uuid is not false order by title
              """)) {
        statement.setNull(1, Types.NULL);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            assertThat(rows.getObject("tenant", UUID.class)).isEqualTo(first);
            assertThat(rows.getLong("number")).isEqualTo(7);
            all.append(rows.getString("title"));
          }
        }
      }
    }
    return all.toString();
  }

  private static Object metadataFirst(Connection connection) throws SQLException {
    var all = new StringBuilder();
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      assertThat(statement.getMetaData().getColumnCount()).isOne();
      for (int i = 0; i < 10; i++) {
        all.append(titles(statement.executeQuery()));
      }
    }
    return all.toString();
  }

  private static Object metadataOnce(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      assertThat(statement.getMetaData().getColumnCount()).isOne();
      return titles(statement.executeQuery());
    }
  }

  private static Object callable(Connection connection) throws SQLException {
    try (CallableStatement call = connection.prepareCall("{?= call upper(?)}")) {
      call.registerOutParameter(1, Types.VARCHAR);
      call.setString(2, "abc");
      call.execute();
      return call.getString(1);
    }
  }

  private static Object updatable(Connection connection) throws SQLException {
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows =
            statement.executeQuery("select tenant, id, title from notes.note where title = 'a'")) {
      rows.next();
      // The driver asks the catalog for the primary key first: two trips of its own.
      rows.updateString("title", "updated");
      rows.updateRow();
      return rows.getString("title");
    }
  }

  private static Object scrollable(Connection connection) throws SQLException {
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        ResultSet rows = statement.executeQuery(ALL)) {
      rows.last();
      String last = rows.getString(1);
      rows.first();
      return last + rows.getString(1);
    }
  }

  private static Object maxRows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(2);
      return titles(statement.executeQuery(ALL));
    }
  }

  private static Object executeThenResults(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute(ALL)).isTrue();
      String all = titles(statement.getResultSet());
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      return all;
    }
  }

  private static Object errorThenQuery(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select 1/0");
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo("22012");
    }
    return titles(connection);
  }

  private static Object batch(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("update notes.note set title = title where title = ?")) {
      for (String title : List.of("a", "b")) {
        statement.setString(1, title);
        statement.addBatch();
      }
      return counts(statement);
    }
  }

  private static Object textBatch(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("insert into notes.note(title) values ('d')");
      statement.addBatch("delete from notes.note where title = 'd'");
      return counts(statement);
    }
  }

  private static Object counts(Statement statement) throws SQLException {
    var counts = new ArrayList<Integer>();
    for (int count : statement.executeBatch()) {
      counts.add(count);
    }
    return counts;
  }

  private static Object keyBatch(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(INSERT, new String[] {"title"})) {
      for (String title : List.of("d", "e", "f")) {
        statement.setString(1, title);
        statement.addBatch();
      }
      statement.executeBatch();
      return titles(statement.getGeneratedKeys()).length();
    }
  }

  private static Object fetched(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(2);
      return titles(statement.executeQuery(ALL));
    }
  }

  private static Object savepoint(Connection connection) throws SQLException {
    var savepoint = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      statement.execute("select 1/0");
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo("22012");
    }
    connection.rollback(savepoint);
    return titles(connection);
  }

  private static Object copyOut(Connection connection) throws SQLException, java.io.IOException {
    var text = new StringWriter();
    long rows =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("copy (" + ALL + ") to stdout", text);
    return rows + " " + text.toString().replace("\n", "");
  }

  private static Object rolledBack(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, "d");
      statement.executeUpdate();
    }
    connection.rollback();
    connection.setAutoCommit(true);
    return titles(connection);
  }

  private static Object readOnly(DataSource source) {
    var transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    transaction.setReadOnly(true);
    return transaction.execute(status -> clientQuery(source));
  }

  private static Object serializable(DataSource source) {
    var transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    transaction.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
    return transaction.execute(
        status ->
            JdbcClient.create(source)
                .sql("select current_setting('transaction_isolation') from notes.note limit 1")
                .query(String.class)
                .single());
  }

  private static Object streamed(DataSource source) {
    var transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    var template = new JdbcTemplate(source);
    template.setFetchSize(2);
    return transaction.execute(
        status -> {
          try (Stream<String> all = template.queryForStream(ALL, (row, i) -> row.getString(1))) {
            return all.count();
          }
        });
  }

  @Test
  void copyInIsRefusedByPostgresOnSecuredTables() throws Exception {
    try (BoundPool pool = DATABASE.pool();
        Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      String state =
          Bound.as(
              Bound.ONE,
              () -> {
                try {
                  connection
                      .unwrap(PGConnection.class)
                      .getCopyAPI()
                      .copyIn("copy notes.note(title) from stdin", new StringReader("z\n"));
                  return "copied";
                } catch (SQLException e) {
                  return e.getSQLState();
                }
              });
      assertThat(state).isEqualTo("0A000");
    }
  }
}
