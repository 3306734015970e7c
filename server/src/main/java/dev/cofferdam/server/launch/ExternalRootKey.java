package dev.cofferdam.server.launch;

import dev.cofferdam.server.tenancy.database.DatabaseSettings;
import dev.cofferdam.server.tenancy.database.OwnerAccess;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * When a root key may be made for a PostgreSQL of the operator's own. `database install` makes one
 * beside the database. Where a database administrator ran the printed script instead, the first
 * start makes it: only on a database that no server ever migrated, and only where the passwords of
 * the roles do not come from that very key.
 */
final class ExternalRootKey {
  private ExternalRootKey() {}

  /** Whether there is no root key yet, and nothing can have been sealed under an older one. */
  static boolean awaited(StartSettings settings) {
    if (settings.rootKey().isThere()) {
      return false;
    }
    DatabaseSettings database =
        Binder.get(settings.environment()).bind("cofferdam.database", DatabaseSettings.class).get();
    return database.ownerPasswordFile() != null
        && OwnerAccess.isUntouched(
            database,
            role -> {
              throw new IllegalStateException("its password comes from a file");
            });
  }
}
