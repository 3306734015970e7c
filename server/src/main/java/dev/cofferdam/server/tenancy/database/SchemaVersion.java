package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.database.TableList.ListedModule;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * What one module's schema is at, compared with the migrations this server was built with.
 *
 * @param module the module and its schema
 * @param expected the newest version this server has
 * @param found the newest version the database has, {@code 0} when none
 * @param behind whether migrations are still to be applied
 */
record SchemaVersion(ListedModule module, String expected, String found, boolean behind) {

  /**
   * Compares.
   *
   * @throws DatabaseRefusedException when the database is ahead of this server, was edited, or a
   *     migration stopped half way: none of which migrating can heal
   */
  static SchemaVersion of(ListedModule module, Flyway flyway) {
    String expected = "0";
    String found = "0";
    boolean behind = false;
    // Asked once: each time Flyway reads the class path and the history anew.
    MigrationInfo[] migrations = flyway.info().all();
    for (MigrationInfo migration : migrations) {
      if (migration.getVersion() == null) {
        continue;
      }
      String version = migration.getVersion().getVersion();
      MigrationState state = migration.getState();
      if (state.isResolved()) {
        expected = version;
      }
      if (state.isApplied()) {
        found = version;
      }
      behind |= state == MigrationState.PENDING;
    }
    for (MigrationInfo migration : migrations) {
      refuseUnlessHealthy(module.name(), expected, found, migration);
    }
    return new SchemaVersion(module, expected, found, behind);
  }

  private static void refuseUnlessHealthy(
      String module, String expected, String found, MigrationInfo migration) {
    MigrationState state = migration.getState();
    if (state.isFailed()) {
      throw new DatabaseRefusedException(
          "Schema `%s` of the database stopped half way through migration `%s`. Restore the backup taken before it."
              .formatted(module, migration.getVersion()));
    }
    if (state.isApplied() && !state.isResolved()) {
      throw new DatabaseRefusedException(
          "Schema `%s` of the database is ahead: this server was built with version %s and found %s. Run the newer server."
              .formatted(module, expected, found));
    }
    if (state.isApplied() && !migration.isChecksumMatching()) {
      throw new DatabaseRefusedException(
          "Migration `%s` of schema `%s` was edited after it was applied: this server has checksum %d and the database %d. Run the server that the database was migrated with."
              .formatted(
                  migration.getScript(),
                  module,
                  migration.getResolvedChecksum(),
                  migration.getAppliedChecksum()));
    }
  }

  /** Refuses when migrations are still to be applied and nobody is to apply them. */
  void refuseIfBehind() {
    if (behind) {
      throw new DatabaseRefusedException(
          "Schema `%s` of the database is behind: this server was built with version %s and found %s. Run `./cofferdam database migrate`, or set cofferdam.database.migrate to true."
              .formatted(module.name(), expected, found));
    }
  }
}
