package dev.cofferdam.server.tenancy.driver;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of connections whose statements carry the binding of the code that runs them.
 *
 * <p>Promises: a statement runs for the scope that is bound to the running code or not at all, in
 * one round trip where {@code docs/design/driver.md} says so; a connection that comes back with its
 * session changed is closed and replaced, a healthy one never.
 */
public final class BoundPool extends HikariDataSource {
  private static final Logger LOG = LoggerFactory.getLogger(BoundPool.class);

  private BoundPool(HikariConfig config) {
    super(config);
  }

  /**
   * Opens the pool and one connection.
   *
   * @param password asked for at each connect, and kept nowhere
   * @param connections how many, kept open
   * @param wait longest wait for a free one
   * @throws DriverRefusedException when the driver is not the one that the hook knows
   */
  public static BoundPool open(
      String name,
      Target target,
      Supplier<String> password,
      int connections,
      Duration wait,
      BindingSource source) {
    return open(name, target, password, connections, wait, source, Map.of());
  }

  static BoundPool open(
      String name,
      Target target,
      Supplier<String> password,
      int connections,
      Duration wait,
      BindingSource source,
      Map<String, String> tuning) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(new BoundDataSource(target, password, source, tuning));
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(wait.toMillis());
    // Before one is lent it is asked whether it lives: with a PostgreSQL that hangs, that is the
    // wait.
    config.setValidationTimeout(Math.min(wait.toMillis(), config.getValidationTimeout()));
    config.setExceptionOverride(new RefusalsKeepTheConnection());
    return new BoundPool(config);
  }

  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      Connection lent = super.getConnection();
      BoundConnection connection = lent.unwrap(BoundConnection.class);
      if (connection.isClosed() || connection.spoiledBy() != null) {
        evictConnection(lent);
      } else {
        connection.lend(() -> evict(lent, connection));
        return lent;
      }
    }
  }

  private void evict(Connection lent, BoundConnection connection) {
    LOG.info(
        "{}: a connection leaves the pool, because of {}",
        getPoolName(),
        connection.spoiledBy() == null ? "its end" : connection.spoiledBy());
    evictConnection(lent);
  }

  /**
   * Hikari takes "feature not supported" for a broken connection, and it is a refused statement.
   */
  static final class RefusalsKeepTheConnection implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException e) {
      return "0A000".equals(e.getSQLState()) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
    }
  }
}
