package dev.cofferdam.review.agent;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one borrowed connection: the place where an injection has its say.
 *
 * <p>Answers, for each statement, {@code rows} with the number of columns and rows and all values,
 * {@code count} with the number of rows changed, or {@code error} with SQLSTATE and message.
 */
record Statements(Manner manner, List<String> statements) {

  /** What becomes of the transaction. */
  enum Manner {
    /** Each statement is its own transaction. */
    EACH,
    /** One transaction, committed. */
    COMMIT,
    /** One transaction, rolled back. */
    ROLLBACK,
    /** One transaction, left open by an exception that closes the connection. */
    THROW
  }

  List<@Nullable String> on(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(manner == Manner.EACH);
      return over(connection);
    } catch (SQLException failed) {
      List<@Nullable String> answers = new ArrayList<>();
      error(failed, answers);
      return answers;
    }
  }

  /** The same on a connection that somebody else borrowed and gives back. */
  List<@Nullable String> over(Connection connection) throws SQLException {
    List<@Nullable String> answers = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        answer(statement, sql, answers);
      }
    }
    switch (manner) {
      case EACH, THROW -> {}
      case COMMIT -> end(answers, connection::commit);
      case ROLLBACK -> end(answers, connection::rollback);
    }
    return answers;
  }

  private static void answer(Statement statement, String sql, List<@Nullable String> answers) {
    try {
      if (!statement.execute(sql)) {
        answers.add("count");
        answers.add(Integer.toString(statement.getUpdateCount()));
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows(rows, answers);
      }
    } catch (SQLException failed) {
      error(failed, answers);
    }
  }

  private static void rows(ResultSet rows, List<@Nullable String> answers) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<@Nullable String> values = new ArrayList<>();
    while (rows.next()) {
      for (int column = 1; column <= columns; column++) {
        values.add(rows.getString(column));
      }
    }
    answers.add("rows");
    answers.add(Integer.toString(columns));
    answers.add(Integer.toString(columns == 0 ? 0 : values.size() / columns));
    answers.addAll(values);
  }

  private static void end(List<@Nullable String> answers, Ending ending) {
    try {
      ending.end();
    } catch (SQLException failed) {
      error(failed, answers);
    }
  }

  private static void error(SQLException failed, List<@Nullable String> answers) {
    answers.add("error");
    answers.add(failed.getSQLState());
    answers.add(failed.getMessage());
  }

  /** Commits or rolls back. */
  private interface Ending {
    void end() throws SQLException;
  }
}
