package dev.cofferdam.server.tenancy.driver;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOperation;
import org.postgresql.core.Oid;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ReplicationProtocol;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandler;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.BatchResultHandler;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Sends the binding ahead of the first statement of every transaction, in the same message round as
 * that statement. An unbound statement goes out as it is, and the database refuses it.
 *
 * <p>Like the connection it belongs to, for one thread at a time; cancelling is for any.
 */
final class BindingExecutor extends DelegatingExecutor {
  private static final DriverInternals DRIVER = DriverInternals.live();

  /**
   * Raises where nothing was bound; otherwise no rows come back, so that no limit on rows can leave
   * it suspended.
   */
  static final String BIND =
      "select tenancy.unbound('valid capability') where tenancy.bind(?) is null";

  private static final int TRANSACTION_COMMAND =
      QUERY_NO_METADATA | QUERY_NO_RESULTS | QUERY_SUPPRESS_BEGIN;

  private final BindingSource source;
  private final SessionWatch watch;
  private final BatchMode batches;
  private final Query bind;
  private final Query commit;
  private final Query rollback;
  private boolean bindPrepared;
  private @Nullable String transactionScope;
  private @Nullable Thread drivingItself;

  /** Whether batches run in a transaction of their own: what the driver then asks. */
  interface BatchMode {
    void inTransaction(boolean inTransaction);
  }

  BindingExecutor(
      QueryExecutor executor, BindingSource source, SessionWatch watch, BatchMode batches)
      throws SQLException {
    super(executor);
    this.source = source;
    this.watch = watch;
    this.batches = batches;
    this.bind = executor.createQuery(BIND, false, true).query;
    this.commit = executor.createQuery("COMMIT", false, true).query;
    this.rollback = executor.createQuery("ROLLBACK", false, true).query;
  }

  /** Commands that the driver sends for itself carry no binding and change nothing for others. */
  void driving(DriverCommand command) throws SQLException {
    Thread before = drivingItself;
    drivingItself = Thread.currentThread();
    try {
      command.run();
    } finally {
      drivingItself = before;
    }
  }

  /** Something the driver does by a statement of its own. */
  interface DriverCommand {
    void run() throws SQLException;
  }

  @Override
  public void execute(
      Query query,
      @Nullable ParameterList parameters,
      ResultHandler handler,
      int maxRows,
      int fetchSize,
      int flags)
      throws SQLException {
    execute(query, parameters, handler, maxRows, fetchSize, flags, false);
  }

  @Override
  public void execute(
      Query query,
      @Nullable ParameterList parameters,
      ResultHandler handler,
      int maxRows,
      int fetchSize,
      int flags,
      boolean adaptiveFetch)
      throws SQLException {
    if (drivingItself == Thread.currentThread() || query.isEmpty()) {
      executor.execute(query, parameters, handler, maxRows, fetchSize, flags, adaptiveFetch);
      return;
    }
    StatementKind kind = vet(query, flags);
    String scope = due();
    if ((flags & QUERY_DESCRIBE_ONLY) != 0) {
      // Nothing runs. A BEGIN would open the transaction without its binding.
      int noBegin = flags | QUERY_SUPPRESS_BEGIN;
      executor.execute(query, parameters, handler, maxRows, fetchSize, noBegin, adaptiveFetch);
      return;
    }
    watch.sending(kind);
    if (scope == null) {
      var results = new Results(handler, watch, kind, null, false);
      executor.execute(query, parameters, results, maxRows, fetchSize, flags, adaptiveFetch);
      return;
    }
    prepareBind();
    if (query.isStatementDescribed()) {
      DRIVER.forgetDescription(query);
    }
    ParameterList values = parameters == null ? DRIVER.noParameters() : parameters;
    boolean statusAfterRows = (flags & QUERY_BOTH_ROWS_AND_STATUS) != 0;
    if ((flags & QUERY_SUPPRESS_BEGIN) == 0) {
      transactionScope = scope;
    }
    executor.execute(
        DRIVER.both(bind, query),
        DRIVER.both(capability(scope), values),
        new Results(handler, watch, kind, bind, statusAfterRows),
        maxRows,
        fetchSize,
        flags,
        adaptiveFetch);
  }

  /**
   * The scope that must be sent before the next statement, or null when there is none to send.
   *
   * @throws SQLException when the open transaction speaks for another scope
   */
  private @Nullable String due() throws SQLException {
    String scope = source.scope();
    return switch (executor.getTransactionState()) {
      case IDLE -> {
        transactionScope = null;
        yield scope;
      }
      case OPEN -> {
        if (scope == null ? transactionScope != null : !scope.equals(transactionScope)) {
          throw new SQLException(
              transactionScope == null
                  ? "this transaction began without a scope, and cannot be bound to one now: enter"
                      + " the scope before the transaction"
                  : "this transaction is bound to another scope than the running code: end it"
                      + " before the scope changes",
              "25001");
        }
        yield null;
      }
      // The server refuses everything but the end of it.
      case FAILED -> null;
    };
  }

  private StatementKind vet(Query query, int flags) throws SQLException {
    if ((flags & QUERY_EXECUTE_AS_SIMPLE) != 0) {
      throw new SQLFeatureNotSupportedException(
          "the simple query protocol carries no binding: leave preferQueryMode at `extended`",
          "0A000");
    }
    if (query.getSubqueries() != null) {
      throw refused("several statements in one text: send them one by one");
    }
    return vet(query.getNativeSql());
  }

  private static StatementKind vet(String sql) throws SQLException {
    StatementKind kind = StatementKind.of(sql);
    return switch (kind) {
      case PLAIN, LINGERING -> kind;
      case TRANSACTION ->
          throw refused(
              "the text of a transaction command: use setAutoCommit, commit and rollback of the"
                  + " connection");
      case EXPLAIN -> throw refused("EXPLAIN, whose estimates count the rows of every scope");
    };
  }

  private static SQLException refused(String what) {
    return new SQLFeatureNotSupportedException("a bound connection does not take " + what, "0A000");
  }

  private ParameterList capability(String scope) throws SQLException {
    ParameterList parameters = bind.createParameterList();
    // As binary, which the driver's log shows as `?`.
    parameters.setBinaryParameter(1, source.capability(scope), Oid.BYTEA);
    return parameters;
  }

  /**
   * Names the binding's statement on the server, once a connection, so that it is not parsed with
   * each statement. Parsing asks for no right scope, so an empty value does.
   */
  private void prepareBind() throws SQLException {
    if (!bindPrepared) {
      ParameterList empty = bind.createParameterList();
      empty.setBinaryParameter(1, new byte[0], Oid.BYTEA);
      executor.execute(
          bind, empty, new Ignored(), 0, 0, QUERY_DESCRIBE_ONLY | QUERY_SUPPRESS_BEGIN);
      DRIVER.forgetDescription(bind);
      bindPrepared = true;
    }
  }

  /** Opens a transaction bound to {@code scope}: a round trip of its own. */
  private void bindTransaction(String scope, int flags) throws SQLException {
    prepareBind();
    executor.execute(bind, capability(scope), new Ignored(), 0, 0, flags & QUERY_READ_ONLY_HINT);
    transactionScope = scope;
  }

  @Override
  public void execute(
      Query[] queries,
      @Nullable ParameterList[] parameters,
      BatchResultHandler handler,
      int maxRows,
      int fetchSize,
      int flags)
      throws SQLException {
    execute(queries, parameters, handler, maxRows, fetchSize, flags, false);
  }

  @Override
  public void execute(
      Query[] queries,
      @Nullable ParameterList[] parameters,
      BatchResultHandler handler,
      int maxRows,
      int fetchSize,
      int flags,
      boolean adaptiveFetch)
      throws SQLException {
    Query vetted = null;
    for (Query query : queries) {
      // The same prepared statement stands there once a row.
      if (query != vetted) {
        watch.sending(vet(query, flags));
        vetted = query;
      }
    }
    String scope = due();
    boolean ownTransaction = scope != null && (flags & QUERY_SUPPRESS_BEGIN) != 0;
    try {
      if (scope != null) {
        bindTransaction(scope, flags);
      }
      if (ownTransaction) {
        executeInTransaction(
            () ->
                executor.execute(
                    queries,
                    parameters,
                    handler,
                    maxRows,
                    fetchSize,
                    flags & ~QUERY_SUPPRESS_BEGIN,
                    adaptiveFetch));
      } else {
        executor.execute(queries, parameters, handler, maxRows, fetchSize, flags, adaptiveFetch);
      }
    } catch (SQLException e) {
      throw Discretion.masked(e);
    }
  }

  /** A batch may be sent in several rounds, so in autocommit it gets a transaction around it. */
  private void executeInTransaction(DriverCommand batch) throws SQLException {
    boolean done = false;
    batches.inTransaction(true);
    try {
      batch.run();
      done = true;
    } finally {
      batches.inTransaction(false);
      if (!executor.isClosed() && executor.getTransactionState() != TransactionState.IDLE) {
        executor.execute(done ? commit : rollback, null, new Ignored(), 0, 0, TRANSACTION_COMMAND);
      }
    }
  }

  @Override
  public void fetch(ResultCursor cursor, ResultHandler handler, int fetchSize, boolean adaptive)
      throws SQLException {
    due();
    var results = new Results(handler, watch, StatementKind.PLAIN, null, true);
    executor.fetch(cursor, results, fetchSize, adaptive);
  }

  @Override
  public CopyOperation startCopy(String sql, boolean suppressBegin) throws SQLException {
    // The text of a COPY goes out in the simple protocol, which takes several statements.
    Query query = executor.createSimpleQuery(sql);
    if (query.getSubqueries() != null
        || !executor.getStandardConformingStrings()
        || !StatementKind.isCopy(sql)) {
      throw refused("anything but one COPY here");
    }
    String scope = due();
    if (scope != null) {
      if (suppressBegin) {
        throw new SQLException(
            "COPY is bound in a transaction only: call setAutoCommit(false) first", "25P01");
      }
      bindTransaction(scope, 0);
    }
    try {
      return executor.startCopy(sql, suppressBegin);
    } catch (SQLException e) {
      throw Discretion.masked(e);
    }
  }

  @Override
  @Deprecated
  public ParameterList createFastpathParameters(int count) {
    throw new UnsupportedOperationException("a bound connection has no fast path");
  }

  @Override
  @Deprecated
  public byte[] fastpathCall(int function, ParameterList parameters, boolean suppressBegin)
      throws SQLException {
    throw refused("calls of the fast path, which large objects are made of");
  }

  @Override
  public void setPreferQueryMode(PreferQueryMode mode) {
    throw new UnsupportedOperationException("the query mode of a bound connection is fixed");
  }

  @Override
  public void setAutoSave(AutoSave autoSave) {
    if (autoSave != AutoSave.NEVER) {
      throw new UnsupportedOperationException(
          "autosave sets a savepoint before the binding, and would undo it");
    }
  }

  @Override
  public ReplicationProtocol getReplicationProtocol() {
    throw new UnsupportedOperationException("a bound connection does not replicate");
  }

  /** Takes nothing of the results, and throws the error if there was one. */
  private static final class Ignored extends ResultHandlerBase {
    @Override
    public void handleWarning(SQLWarning warning) {
      // Nobody asked for this statement, so nobody is there to be warned.
    }
  }
}
