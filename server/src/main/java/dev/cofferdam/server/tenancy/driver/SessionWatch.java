package dev.cofferdam.server.tenancy.driver;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;

/**
 * Remembers whether a connection is as it was when it was opened. One that is not must not serve
 * another statement of another scope: it is closed instead of going back to the pool.
 */
final class SessionWatch {
  private final QueryExecutor connection;
  private final Map<String, String> reportedAtStart;
  // The same values in the order of the driver's map, to be compared by identity at each return.
  private final String[] valuesAtStart;
  private boolean isolated;
  private @Nullable String spoiledBy;

  SessionWatch(QueryExecutor connection) {
    this.connection = connection;
    this.reportedAtStart = Map.copyOf(connection.getParameterStatuses());
    this.valuesAtStart = connection.getParameterStatuses().values().toArray(String[]::new);
  }

  /** Before a statement is sent. */
  void sending(StatementKind kind) {
    if (kind == StatementKind.LINGERING) {
      spoil("a statement that outlives its transaction");
    }
  }

  /**
   * After a statement without rows: the server's own word for what ran, in case its text hid it.
   */
  void completed(String tag, StatementKind kind, boolean rowsBefore) {
    boolean lingers =
        switch (tag) {
          // SET LOCAL and SET TRANSACTION have the same tag; their text was read already.
          case "SET" -> kind != StatementKind.PLAIN;
          case "RESET", "LISTEN", "UNLISTEN", "PREPARE", "LOAD", "DO" -> true;
          case "BEGIN", "START TRANSACTION", "PREPARE TRANSACTION" -> true;
          default ->
              tag.startsWith("DEALLOCATE")
                  || tag.startsWith("DISCARD")
                  // A SELECT without rows made a table, perhaps a temporary one.
                  || tag.startsWith("SELECT") && !rowsBefore;
        };
    if (lingers) {
      spoil("the command `" + tag + "`");
    }
  }

  /** The isolation level is a session setting that the server does not report. */
  void isolated(boolean unlikeAtStart) {
    isolated = unlikeAtStart;
  }

  private void spoil(String by) {
    if (spoiledBy == null) {
      spoiledBy = by;
    }
  }

  /** Why the connection must not be used again, or null while it may. */
  @Nullable String spoiledBy() {
    if (spoiledBy == null) {
      if (connection.getTransactionState() != TransactionState.IDLE) {
        spoiledBy = "a transaction left open";
      } else if (!reportsTheSame()) {
        spoiledBy = "a changed session setting";
      } else if (isolated) {
        spoiledBy = "another isolation level";
      }
    }
    return spoiledBy;
  }

  /**
   * Whether the server has reported no setting with another value since. The driver stores a new
   * string with each report, so unless one came the very strings of the start are there.
   */
  private boolean reportsTheSame() {
    Map<String, String> reported = connection.getParameterStatuses();
    int compared = 0;
    for (String value : reported.values()) {
      if (compared == valuesAtStart.length || !sameObject(value, valuesAtStart[compared++])) {
        return reported.equals(reportedAtStart);
      }
    }
    return compared == valuesAtStart.length;
  }

  private static boolean sameObject(Object one, Object other) {
    return one == other;
  }
}
