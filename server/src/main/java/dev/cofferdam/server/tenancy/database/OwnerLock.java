package dev.cofferdam.server.tenancy.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one server at a time do what only one may do in a database. The lock ends with its
 * connection, so a killed server holds none.
 */
final class OwnerLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerLock.class);

  private final Connection connection;

  private OwnerLock(Connection connection) {
    this.connection = connection;
  }

  /** Waits for the lock of {@code what}, saying so in the log when another server holds it. */
  static OwnerLock of(DataSource owner, String what) throws SQLException {
    Connection connection = owner.getConnection();
    try (Statement statement = connection.createStatement()) {
      String key = "hashtextextended('cofferdam " + what + "', 0)";
      if (!isTrue(statement, "select pg_try_advisory_lock(" + key + ")")) {
        LOG.info("Waiting for another server to finish: {}.", what);
        statement.execute("select pg_advisory_lock(" + key + ")");
      }
      return new OwnerLock(connection);
    } catch (SQLException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  private static boolean isTrue(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
