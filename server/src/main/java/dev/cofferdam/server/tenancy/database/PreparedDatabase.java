package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.RolePasswords;
import dev.cofferdam.server.tenancy.driver.BindingSource;
import dev.cofferdam.server.tenancy.driver.BoundPool;
import dev.cofferdam.server.tenancy.driver.Deadlines;
import dev.cofferdam.server.tenancy.driver.DriverSelfCheck;
import dev.cofferdam.server.tenancy.driver.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A database that was reached, migrated or found at the right version, and looked over. Whatever
 * serves requests is made from it, so nothing can be served before.
 */
public final class PreparedDatabase {
  private static final Duration OPS_STATEMENT = Duration.ofSeconds(60);

  private final DatabaseSettings settings;
  private final DatabaseAddress address;
  private final RolePasswords passwords;
  private final OwnerAccess owner;
  private final TableList list;

  private PreparedDatabase(
      DatabaseSettings settings, RolePasswords passwords, OwnerAccess owner, TableList list) {
    this.settings = settings;
    this.address = settings.address();
    this.passwords = passwords;
    this.owner = owner;
    this.list = list;
  }

  /**
   * Reaches the database and brings its schema to this server's version, or only compares when the
   * settings say not to migrate.
   *
   * @param derived the passwords of roles for which the settings name no file
   * @throws DatabaseRefusedException when it cannot be reached, is at another version, does not
   *     keep tenants apart, or was edited by hand
   */
  public static PreparedDatabase prepare(
      DatabaseSettings settings, RolePasswords derived, TableList list) {
    RolePasswords passwords = settings.passwords(derived);
    OwnerAccess owner = new OwnerAccess(settings.address(), passwords);
    owner.requireReachable();
    Migrations migrations = new Migrations(owner, list);
    if (settings.migrate()) {
      migrations.migrate();
    } else {
      migrations.verify();
    }
    new StartChecks(owner, list).require();
    new SchemaFingerprint(owner, list).require();
    return new PreparedDatabase(settings, passwords, owner, list);
  }

  /**
   * Brings the schemas of tenants that have one of their own to this server's version.
   *
   * @return how many are still behind, because they failed
   */
  public int migratePlaced() {
    return new PlacedSchemas(owner, list).migrateAll(() -> true);
  }

  /** The pool that serves requests. */
  BoundPool openAppPool(BindingSource source) {
    return BoundPool.open(
        "app",
        target(DatabaseRole.APP, settings.statementTimeout(), settings.transactionTimeout()),
        password(DatabaseRole.APP),
        settings.appConnections(),
        settings.connectionWait(),
        source);
  }

  /** The pool for work across tenants. */
  BoundPool openOpsPool(BindingSource source) {
    return BoundPool.open(
        "ops",
        target(DatabaseRole.OPS, OPS_STATEMENT, OPS_STATEMENT.multipliedBy(2)),
        password(DatabaseRole.OPS),
        settings.opsConnections(),
        settings.connectionWait(),
        source);
  }

  /**
   * Sees that the binding arrives with the statement, on a real connection of the application role.
   */
  void checkBinding(BindingSource source) {
    DriverSelfCheck.run(
        target(DatabaseRole.APP, settings.statementTimeout(), settings.transactionTimeout()),
        password(DatabaseRole.APP),
        source,
        "x_self_check");
  }

  private Target target(DatabaseRole role, Duration statement, Duration transaction) {
    return new Target(
        address.host(),
        address.port(),
        address.database(),
        role.user(),
        address.trustedRoots(),
        new Deadlines(statement, settings.lockTimeout(), Duration.ofSeconds(30), transaction),
        "cofferdam " + role.name().toLowerCase(java.util.Locale.ROOT));
  }

  private Supplier<String> password(DatabaseRole role) {
    return () -> {
      char[] password = passwords.passwordOf(role);
      try {
        return new String(password);
      } finally {
        Arrays.fill(password, '\0');
      }
    };
  }

  OwnerAccess owner() {
    return owner;
  }

  TableList list() {
    return list;
  }
}
