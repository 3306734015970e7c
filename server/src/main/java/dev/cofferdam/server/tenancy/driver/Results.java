package dev.cofferdam.server.tenancy.driver;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandler;
import org.postgresql.core.ResultHandlerDelegate;
import org.postgresql.core.Tuple;

/** Passes a statement's results on, without those of the binding that was sent before it. */
final class Results extends ResultHandlerDelegate {
  private final SessionWatch watch;
  private final StatementKind kind;
  private final @Nullable Query bind;
  private final boolean statusAfterRows;
  private boolean bindPending;
  private boolean rows;

  /**
   * @param bind the query sent first, or null when there was none
   * @param statusAfterRows whether the driver reports a status for a query with rows too
   */
  Results(
      ResultHandler statement,
      SessionWatch watch,
      StatementKind kind,
      @Nullable Query bind,
      boolean statusAfterRows) {
    super(statement);
    this.watch = watch;
    this.kind = kind;
    this.bind = bind;
    this.bindPending = bind != null;
    this.statusAfterRows = statusAfterRows;
  }

  // The driver hands over nulls where it has no cursor.
  @Override
  public void handleResultRows(
      Query from, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
    if (bindPending && from == bind) {
      bindPending = statusAfterRows;
    } else {
      rows = true;
      super.handleResultRows(from, fields, tuples, cursor);
    }
  }

  @Override
  public void handleCommandStatus(String tag, long count, long oid) {
    if (bindPending) {
      bindPending = false;
    } else {
      watch.completed(tag, kind, rows);
      super.handleCommandStatus(tag, count, oid);
    }
  }

  @Override
  public void handleError(SQLException error) {
    super.handleError(Discretion.masked(error));
  }
}
