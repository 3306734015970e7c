package dev.cofferdam.server.tenancy.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither a capability nor a parameter's value is in an exception, a text form or a log. */
final class DiscretionTest {
  private static final BoundDatabase DATABASE = new BoundDatabase();
  private static final String SECRET = "s3cr3t-value";

  private final BoundPool pool = DATABASE.pool();

  @AfterEach
  void closePool() {
    pool.close();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static String printed(Throwable error) {
    var text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    for (Throwable each = error; each instanceof SQLException sql; each = sql.getNextException()) {
      each.printStackTrace(new PrintWriter(text));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ?::text::int",
        "select ?::text::uuid",
        "select ?::text::timestamptz",
        "select ?::text::json",
        "select length(convert_from(?::text::bytea, 'UTF8') || 'a')::text::date",
        "insert into notes.note(tenant, title) values (null, ?)",
        "select nonsense(?)"
      })
  void anErrorOfTheServerTellsNoValue(String sql) throws Exception {
    SQLException error =
        Bound.as(
            Bound.ONE,
            () -> {
              try (Connection connection = pool.getConnection();
                  PreparedStatement statement = connection.prepareStatement(sql)) {
                connection.setAutoCommit(false);
                statement.setString(1, SECRET);
                SQLException first = catchThrowableOfType(SQLException.class, statement::execute);
                assertThat(printed(first)).doesNotContain(SECRET);
                // The next error names the first as its cause.
                try (Statement next = connection.createStatement()) {
                  SQLException second =
                      catchThrowableOfType(SQLException.class, () -> next.execute("select 1"));
                  assertThat(second.getSQLState()).isEqualTo("25P02");
                  assertThat(printed(second)).doesNotContain(SECRET);
                }
                return first;
              }
            });
    assertThat(error.getSQLState()).hasSize(5);
  }

  @Test
  void anErrorOfABatchTellsNoValue() throws Exception {
    for (String sql :
        new String[] {
          "insert into notes.note(tenant, title) values (null, ?)",
          "update notes.note set id = (?::text)::int",
          "insert into notes.note(title) values (?::text::int)"
        }) {
      SQLException error =
          Bound.as(
              Bound.ONE,
              () -> {
                try (Connection connection = pool.getConnection();
                    Statement seed = connection.createStatement();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                  seed.execute("insert into notes.note(title) values ('a')");
                  for (int i = 0; i < 3; i++) {
                    statement.setString(1, SECRET);
                    statement.addBatch();
                  }
                  return catchThrowableOfType(SQLException.class, statement::executeBatch);
                }
              });
      assertThat(error.getClass()).isEqualTo(java.sql.BatchUpdateException.class);
      assertThat(printed(error)).doesNotContain(SECRET);
    }
  }

  @Test
  void aRefusedCapabilityIsNotInTheError() {
    SQLException error =
        catchThrowableOfType(
            SQLException.class,
            () ->
                Bound.expiredAs(
                    Bound.ONE,
                    () -> {
                      try (Connection connection = pool.getConnection();
                          Statement statement = connection.createStatement()) {
                        return statement.execute("select 1");
                      }
                    }));
    assertThat(printed(error)).doesNotContain("00011000000000").doesNotContain(Bound.ONE);
  }

  @Test
  void theDriversMostTalkativeLogTellsNeither() throws Exception {
    Logger driver = Logger.getLogger("org.postgresql");
    Level before = driver.getLevel();
    var heard = new Listener();
    driver.addHandler(heard);
    driver.setLevel(Level.ALL);
    // Whoever sets the level on the very logger does not lift the filter.
    Logger protocol = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    protocol.setLevel(Level.ALL);
    try {
      Bound.as(
          Bound.ONE,
          () -> {
            try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                    connection.prepareStatement("select title from notes.note where title = ?")) {
              for (int i = 0; i < 7; i++) {
                statement.setString(1, SECRET);
                statement.executeQuery().close();
              }
              statement.setString(1, SECRET);
              statement.addBatch();
              return 0;
            }
          });
    } finally {
      protocol.setLevel(null);
      driver.setLevel(before);
      driver.removeHandler(heard);
    }
    String all = String.join("\n", heard.lines);
    assertThat(all)
        .as("the log was heard")
        .contains("FE=> Execute")
        .doesNotContain(SECRET)
        .doesNotContain("FE=> Bind")
        .doesNotContain("_" + Bound.ONE.substring(2));
    assertThat(heard.lines).hasSizeGreaterThan(20);
  }

  private static final class Listener extends Handler {
    private final Formatter formatter = new SimpleFormatter();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord log) {
      lines.add(formatter.formatMessage(log));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void whatCanBePrintedHoldsNoPassword() {
    assertThat(DATABASE.target().toString()).doesNotContain("password");
    assertThat(pool.toString() + pool.getDataSource()).doesNotContain("password of");
  }
}
