package dev.cofferdam.review.agent;

import javax.sql.DataSource;

/**
 * Asks the server's own start checks about the database that stands in, in the order of a start.
 */
final class StartCheck {
  private static final String DATABASE = "dev.cofferdam.server.tenancy.database.";
  private static final String KEYRING = "dev.cofferdam.server.keyring.";

  private StartCheck() {}

  /** Throws what the server would refuse to start with. */
  static void run(Pools pools) throws Exception {
    Object prepared = Captured.newest(Seams.DATABASE);
    Object owner = Reflected.call(prepared, "owner");
    Object list = Reflected.call(prepared, "list");
    Object migrations = Reflected.make(Reflected.type(DATABASE + "Migrations"), owner, list);
    Reflected.call(migrations, "verify");
    Object checks = Reflected.make(Reflected.type(DATABASE + "StartChecks"), owner, list);
    Reflected.call(checks, "require");
    DataSource app = pools.of("cofferdam_app");
    Object client =
        Reflected.callStatic(
            Reflected.type("org.springframework.jdbc.core.simple.JdbcClient"), "create", app);
    Object columns =
        Reflected.callStatic(Reflected.type(KEYRING + "PlaintextColumns"), "ofCofferdam");
    ServerScopes.in(
        ServerScopes.of("platform keyring"), () -> Reflected.call(columns, "check", client));
  }
}
