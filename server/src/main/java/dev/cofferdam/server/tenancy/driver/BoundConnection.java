package dev.cofferdam.server.tenancy.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ReplicationProtocol;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PgConnection;

/** A connection whose every statement carries the binding of the code that runs it. */
final class BoundConnection extends PgConnection {
  private final SessionWatch watch;

  // Null while the constructor of the driver's own class runs, which sends statements already.
  @SuppressWarnings("NullAway.Init")
  private final BindingExecutor bound;

  private boolean inBatchTransaction;
  private @Nullable Runnable whenSpoiled;

  BoundConnection(Target target, Properties properties, BindingSource source) throws SQLException {
    super(target.hosts(), properties, target.url());
    try {
      watch = new SessionWatch(super.getQueryExecutor());
      bound =
          new BindingExecutor(
              super.getQueryExecutor(), source, watch, in -> inBatchTransaction = in);
    } catch (SQLException | RuntimeException | Error e) {
      super.close();
      throw e;
    }
  }

  @Override
  @SuppressWarnings("NullAway")
  public QueryExecutor getQueryExecutor() {
    return bound == null ? super.getQueryExecutor() : bound;
  }

  /**
   * Lends the connection out.
   *
   * @param whenSpoiled takes it out of its pool; run when it comes back changed
   */
  void lend(Runnable whenSpoiled) {
    this.whenSpoiled = whenSpoiled;
  }

  /** Why this connection must not serve anybody again, or null while it may. */
  @Nullable String spoiledBy() {
    return watch.spoiledBy();
  }

  /**
   * The pool calls this whenever a connection comes back, after it has rolled back and reset what
   * it knows of. So this is where a changed connection leaves the pool.
   */
  @Override
  public void clearWarnings() throws SQLException {
    boolean open = !isClosed();
    if (open) {
      super.clearWarnings();
    }
    if (whenSpoiled instanceof Runnable leave && (!open || spoiledBy() != null)) {
      leave.run();
    }
  }

  // What the driver does by statements of its own carries no binding.

  @Override
  public void commit() throws SQLException {
    bound.driving(super::commit);
  }

  @Override
  public void rollback() throws SQLException {
    bound.driving(super::rollback);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    bound.driving(() -> super.rollback(savepoint));
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    bound.driving(() -> super.releaseSavepoint(savepoint));
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    var level = new int[1];
    bound.driving(() -> level[0] = super.getTransactionIsolation());
    return level[0];
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    bound.driving(() -> super.setTransactionIsolation(level));
    watch.isolated(level != Connection.TRANSACTION_READ_COMMITTED);
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return !inBatchTransaction && super.getAutoCommit();
  }

  @Override
  public ReplicationProtocol getReplicationProtocol() {
    return bound.getReplicationProtocol();
  }

  @Override
  public void setAutosave(AutoSave autoSave) {
    bound.setAutoSave(autoSave);
  }
}
