package dev.cofferdam.review.wire;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection of the attacker's own, with the plain driver. Not thread-safe. */
public final class Session implements AutoCloseable {
  private final Connection connection;

  private Session(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects.
   *
   * @param address host and port
   */
  public static Session open(String address, String database, String user, String password)
      throws SQLException {
    Properties info = new Properties();
    info.setProperty("user", user);
    info.setProperty("password", password);
    // Several statements in one string go to the server as they are: an attacker is not polite.
    info.setProperty("preferQueryMode", "simple");
    info.setProperty("ApplicationName", "review");
    return new Session(
        DriverManager.getConnection("jdbc:postgresql://" + address + "/" + database, info));
  }

  /** Runs one string, and answers with the last result in it. */
  public Answer run(String sql) {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      Answer last = answer(statement, rows);
      while (true) {
        rows = statement.getMoreResults();
        if (!rows && statement.getUpdateCount() < 0) {
          return last;
        }
        last = answer(statement, rows);
      }
    } catch (SQLException refused) {
      return new Answer.Failed(
          String.valueOf(refused.getSQLState()), String.valueOf(refused.getMessage()));
    }
  }

  /** Runs each string in turn, whatever the one before it answered. */
  public List<Answer> all(String... statements) {
    List<Answer> answers = new ArrayList<>();
    for (String sql : statements) {
      answers.add(run(sql));
    }
    return answers;
  }

  /**
   * Runs {@code sql} for the laboratory's own purposes.
   *
   * @throws IllegalStateException when it fails
   */
  public Answer must(String sql) {
    Answer answer = run(sql);
    if (answer instanceof Answer.Failed failed) {
      throw new IllegalStateException(failed.readable() + ", in: " + sql);
    }
    return answer;
  }

  private static Answer answer(Statement statement, boolean isRows) throws SQLException {
    if (!isRows) {
      return new Answer.Count(statement.getUpdateCount());
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (ResultSet result = statement.getResultSet()) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(result.getString(column));
        }
        rows.add(row);
      }
    }
    return new Answer.Rows(rows);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
