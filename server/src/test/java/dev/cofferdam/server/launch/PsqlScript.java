package dev.cofferdam.server.launch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Runs a script as psql does, as far as the one that {@code print-install} prints needs it: psql is
 * not among the embedded executables. Knows {@code \set}, {@code \connect}, {@code \gexec} and
 * {@code :'variable'}.
 */
final class PsqlScript {
  private final List<String> lines;

  PsqlScript(String script, Map<String, String> variables) {
    String filled = script;
    for (var variable : variables.entrySet()) {
      filled =
          filled.replace(
              ":'" + variable.getKey() + "'", "'" + variable.getValue().replace("'", "''") + "'");
    }
    lines = filled.lines().toList();
  }

  /**
   * @param databases connections to a database of that name
   */
  void run(Function<String, ? extends DataSource> databases) throws SQLException {
    Connection connection = databases.apply("postgres").getConnection();
    try {
      StringBuilder waiting = new StringBuilder();
      for (String line : lines) {
        if (line.startsWith("\\connect ")) {
          execute(connection, waiting);
          connection.close();
          connection = databases.apply(line.substring("\\connect ".length())).getConnection();
        } else if (line.endsWith("\\gexec")) {
          waiting.append(line, 0, line.length() - "\\gexec".length());
          String query = waiting.substring(waiting.lastIndexOf(";\n") + 1);
          waiting.setLength(waiting.length() - query.length());
          execute(connection, waiting);
          for (String statement : results(connection, query)) {
            execute(connection, new StringBuilder(statement));
          }
        } else if (!line.startsWith("\\set ")) {
          waiting.append(line).append('\n');
        }
      }
      execute(connection, waiting);
    } finally {
      connection.close();
    }
  }

  private static void execute(Connection connection, StringBuilder waiting) throws SQLException {
    if (!waiting.toString().isBlank()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(waiting.toString());
      }
    }
    waiting.setLength(0);
  }

  private static List<String> results(Connection connection, String query) throws SQLException {
    List<String> results = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        results.add(rows.getString(1));
      }
    }
    return results;
  }
}
