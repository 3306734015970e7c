package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.database.TableList.ListedModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Brings the modules' schemas to the versions this server was built with, each with its own
 * history, in the order of the list.
 */
public final class Migrations {
  private final DataSource owner;
  private final TableList list;
  private final PlacedMigrations placed;

  /**
   * @param owner connections of the owner role
   */
  public Migrations(DataSource owner, TableList list) {
    this.owner = owner;
    this.list = list;
    this.placed = PlacedMigrations.of(list);
  }

  /**
   * Applies what is missing. Of several servers that do so at once, one does and the others wait.
   *
   * @throws DatabaseRefusedException when the database is ahead, edited or half migrated, or a
   *     migration fails
   */
  public void migrate() {
    try (OwnerLock _ = OwnerLock.of(owner, "migrate")) {
      for (SchemaVersion version : versions()) {
        if (version.behind()) {
          flyway(version.module(), owner).migrate();
        }
      }
      OwnerWork.in(owner, placed::applyShared);
    } catch (SQLException | FlywayException | PlacedMigrationFailedException failed) {
      throw new DatabaseRefusedException(
          "The database could not be migrated: " + firstLine(failed), failed);
    }
  }

  /**
   * Only looks.
   *
   * @throws DatabaseRefusedException when the database is not at the versions this server was built
   *     with, naming both
   */
  public void verify() {
    try {
      versions().forEach(SchemaVersion::refuseIfBehind);
      OwnerWork.in(owner, placed::verifyShared);
    } catch (SQLException | FlywayException failed) {
      throw new DatabaseRefusedException(
          "The database's schema versions could not be read: " + firstLine(failed), failed);
    }
  }

  /** Of all modules, looked at through one connection: by itself Flyway opens some for each. */
  private List<SchemaVersion> versions() throws SQLException {
    try (Connection connection = owner.getConnection()) {
      DataSource one = new SingleConnectionDataSource(connection, true);
      return list.modules().stream()
          .map(module -> SchemaVersion.of(module, flyway(module, one)))
          .toList();
    }
  }

  private static Flyway flyway(ListedModule module, DataSource connections) {
    return Flyway.configure()
        .dataSource(connections)
        .locations("classpath:" + module.folder() + "/migration")
        .defaultSchema(module.name())
        .table("schema_history")
        // Whatever a migration does to guarded rows it does as the platform, like any other owner's
        // work.
        .initSql("set backtrace_functions = 'x_migrate'")
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .placeholderReplacement(false)
        .cleanDisabled(true)
        .load();
  }

  private static String firstLine(Exception failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
