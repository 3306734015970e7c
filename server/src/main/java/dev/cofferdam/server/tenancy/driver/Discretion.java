package dev.cofferdam.server.tenancy.driver;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Keeps the values of parameters out of exceptions and logs. */
final class Discretion {
  /** Held, since the logging system forgets a logger, and its filter, that nobody holds. */
  private static final Logger PROTOCOL =
      Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

  private Discretion() {}

  /**
   * Drops the driver's records of whole messages to the server: at level FINEST it prints every
   * parameter. Holds whatever the level is set to later.
   */
  static void keepParametersOutOfLogs() {
    PROTOCOL.setFilter(
        log ->
            log.getLevel().intValue() > Level.FINEST.intValue()
                || !(log.getMessage().startsWith(" FE=> Bind(")
                    || log.getMessage().startsWith(" FE=> SimpleQuery(")
                    || log.getMessage().startsWith(" <=BE ErrorMessage(")));
  }

  /**
   * The same error without the values that PostgreSQL quotes in it, and so with everything chained
   * to it. The SQL state, by which callers tell errors apart, stays.
   */
  static SQLException masked(SQLException error) {
    if (!speaksOfValues(error)) {
      return error;
    }
    SQLException masked = copy(error);
    SQLException next = error.getNextException();
    if (next != null) {
      masked.setNextException(masked(next));
    }
    masked.setStackTrace(error.getStackTrace());
    for (Throwable suppressed : error.getSuppressed()) {
      masked.addSuppressed(suppressed);
    }
    return masked;
  }

  private static SQLException copy(SQLException error) {
    String message = withoutQuotes(error);
    Throwable cause = error.getCause() instanceof SQLException sql ? masked(sql) : error.getCause();
    if (error instanceof BatchUpdateException batch) {
      return new BatchUpdateException(
          message, batch.getSQLState(), batch.getErrorCode(), batch.getLargeUpdateCounts(), cause);
    }
    if (error instanceof PSQLException && ofServer(error) instanceof ServerErrorMessage said) {
      var masked =
          new PSQLException(
              new ServerErrorMessage(
                  "S" + said.getSeverity() + "\0C" + said.getSQLState() + "\0M" + message + "\0"),
              false);
      masked.initCause(cause);
      return masked;
    }
    return new SQLException(message, error.getSQLState(), error.getErrorCode(), cause);
  }

  private static @Nullable ServerErrorMessage ofServer(SQLException error) {
    return error instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
  }

  /** Class 22 is "data exception": the server quotes the value that it could not take. */
  private static boolean speaksOfValues(SQLException error) {
    return isOfData(error)
        || error.getCause() instanceof SQLException cause && speaksOfValues(cause)
        || error.getNextException() instanceof SQLException next && speaksOfValues(next);
  }

  private static boolean isOfData(SQLException error) {
    String state = error.getSQLState();
    return state != null && state.startsWith("22");
  }

  private static String withoutQuotes(SQLException error) {
    ServerErrorMessage said = ofServer(error);
    String message = said == null ? error.getMessage() : said.getMessage();
    if (message == null || !isOfData(error)) {
      return String.valueOf(message);
    }
    int first = message.indexOf('"');
    int last = message.lastIndexOf('"');
    return first < 0 ? message : message.substring(0, first) + "…" + message.substring(last + 1);
  }
}
