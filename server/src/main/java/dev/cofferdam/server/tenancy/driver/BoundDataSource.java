package dev.cofferdam.server.tenancy.driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** Opens bound connections, one each time: what a pool draws on. */
final class BoundDataSource implements DataSource {
  private final Target target;
  private final Supplier<String> password;
  private final BindingSource source;
  private final Properties properties;

  /**
   * @param password asked for at each connect, and kept nowhere
   * @param tuning properties of the driver, such as {@code prepareThreshold}
   */
  BoundDataSource(
      Target target, Supplier<String> password, BindingSource source, Map<String, String> tuning) {
    DriverInternals.find(DriverInternals.version(), DriverInternals.PACKAGE);
    Discretion.keepParametersOutOfLogs();
    this.target = target;
    this.password = password;
    this.source = source;
    this.properties = target.properties();
    tuning.forEach(this::tune);
  }

  private void tune(String name, String value) {
    PGProperty property = PGProperty.forName(name);
    String why =
        property == null
            ? "there is no such property"
            : switch (property) {
              case AUTOSAVE ->
                  value.equals("never") ? null : "its savepoint would undo the binding";
              case PREFER_QUERY_MODE ->
                  value.equals("extended") ? null : "the binding needs the extended protocol";
              case REPLICATION -> "a bound connection does not replicate";
              case LOG_SERVER_ERROR_DETAIL -> "details tell the values of rows";
              case READ_ONLY_MODE, READ_ONLY, OPTIONS, ALLOW_ENCODING_CHANGES, CURRENT_SCHEMA ->
                  "it changes the session";
              case FLUSH_CACHE_ON_DDL, QUOTE_RETURNING_IDENTIFIERS -> null;
              case PREPARE_THRESHOLD,
                  PREPARED_STATEMENT_CACHE_QUERIES,
                  PREPARED_STATEMENT_CACHE_SIZE_MIB,
                  REWRITE_BATCHED_INSERTS,
                  REWRITE_BATCHED_INSERTS_SIZE,
                  DEFAULT_ROW_FETCH_SIZE,
                  ADAPTIVE_FETCH,
                  BINARY_TRANSFER,
                  BINARY_TRANSFER_ENABLE,
                  BINARY_TRANSFER_DISABLE,
                  STRING_TYPE,
                  SOCKET_TIMEOUT,
                  CONNECT_TIMEOUT,
                  LOGIN_TIMEOUT,
                  MAX_RESULT_BUFFER ->
                  null;
              default -> "it is not among those that were tested with the binding";
            };
    if (why != null) {
      throw new DriverRefusedException(
          "The driver property `" + name + "` cannot be `" + value + "`: " + why + ".");
    }
    properties.setProperty(name, value);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect();
  }

  BoundConnection connect() throws SQLException {
    var withPassword = new Properties();
    withPassword.putAll(properties);
    PGProperty.PASSWORD.set(withPassword, password.get());
    return new BoundConnection(target, withPassword, source);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user of a bound connection is fixed", "0A000");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // The driver logs through java.util.logging.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // Connecting is bounded by the target.
  }

  @Override
  public int getLoginTimeout() {
    return Target.CONNECT_SECONDS;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.postgresql");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("not a wrapper of `" + type.getName() + "`");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
