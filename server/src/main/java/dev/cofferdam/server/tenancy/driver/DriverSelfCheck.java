package dev.cofferdam.server.tenancy.driver;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows against the real server that the binding arrives with the statement, also where the driver
 * would part the two, and that it is gone afterwards. Run at start: that nothing raises an error is
 * no proof.
 */
public final class DriverSelfCheck {
  // The column has no bounded length: for such a one the driver forces a Sync (see
  // DriverInternals).
  private static final String CARRIED = "select current_setting('backtrace_functions')";

  private final String scope;
  private final BindingSource source;
  private boolean bound;

  private DriverSelfCheck(String scope, BindingSource source) {
    this.scope = scope;
    this.source = source;
  }

  /**
   * Runs the check on a connection of its own.
   *
   * @param scope any scope that {@code source} can make a capability for
   * @throws DriverRefusedException when the binding does not arrive, or outlives its transaction
   */
  public static void run(
      Target target, Supplier<String> password, BindingSource source, String scope) {
    var check = new DriverSelfCheck(scope, source);
    try (BoundConnection connection =
        new BoundDataSource(target, password, check.asSource(), Map.of()).connect()) {
      check.autocommit(connection);
      check.described(connection);
      check.transaction(connection);
    } catch (SQLException e) {
      throw new DriverRefusedException(
          "The database did not take a binding: "
              + e.getMessage()
              + ". Let the migrations run, and see that the clocks of both hosts agree.",
          e);
    }
  }

  private BindingSource asSource() {
    return new BindingSource() {
      @Override
      public @Nullable String scope() {
        return bound ? scope : null;
      }

      @Override
      public byte[] capability(String scope) {
        return source.capability(scope);
      }
    };
  }

  private void autocommit(Connection connection) throws SQLException {
    expect(connection, true, "a statement of its own");
    expect(connection, false, "the statement after it");
  }

  private void described(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CARRIED)) {
      statement.getMetaData();
      // Beyond the driver's threshold for naming statements on the server, by default five.
      for (int i = 0; i < 8; i++) {
        expect(statement, true, "a described statement");
      }
      expect(statement, false, "a described statement");
    }
  }

  private void transaction(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    expect(connection, true, "the first statement of a transaction");
    expect(connection, true, "the second statement of a transaction");
    connection.commit();
    expect(connection, false, "the transaction after it");
    connection.rollback();
    connection.setAutoCommit(true);
  }

  private void expect(Connection connection, boolean bound, String where) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CARRIED)) {
      expect(statement, bound, where);
    }
  }

  private void expect(PreparedStatement statement, boolean bound, String where)
      throws SQLException {
    this.bound = bound;
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      if (!row.getString(1).equals(bound ? scope : "")) {
        throw new DriverRefusedException(
            "The binding does not "
                + (bound ? "arrive with " : "end before ")
                + where
                + ". Put an unchanged postgresql-"
                + DriverInternals.VERSION
                + ".jar in the driver's place, and let nothing between the server and PostgreSQL"
                + " change the protocol.");
      }
    }
  }
}
