package dev.cofferdam.server.tenancy.database;

import java.io.Serial;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;

/** A placed migration failed; its transaction is rolled back. */
final class PlacedMigrationFailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String summary;

  PlacedMigrationFailedException(String file, DataAccessException cause) {
    super("the placed migration " + file + " failed", cause);
    String state =
        cause.getRootCause() instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "?";
    this.summary = file + ": SQLSTATE " + state;
  }

  /** The file and the SQLSTATE: nothing that could quote a row. */
  String withoutRows() {
    return summary;
  }
}
