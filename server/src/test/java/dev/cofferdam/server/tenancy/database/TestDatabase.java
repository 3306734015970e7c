package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.RolePasswords;
import dev.cofferdam.server.testing.SharedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own for one test, on the cluster that all tests of this JVM share. */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** A name that no database has. */
  static TestDatabase named() {
    return new TestDatabase("tenancy_" + NUMBER.incrementAndGet());
  }

  /** An installed and empty database. */
  public static TestDatabase installed() {
    TestDatabase database = named();
    new Installation(superuser("postgres"), database.name).install(passwords());
    return database;
  }

  static RolePasswords passwords() {
    return role -> ("password of " + role.user()).toCharArray();
  }

  String name() {
    return name;
  }

  static PGSimpleDataSource superuser(String database) {
    return SharedPostgres.database(database);
  }

  String url() {
    return SharedPostgres.cluster().jdbcUrl(name);
  }

  public PGSimpleDataSource superuser() {
    return superuser(name);
  }

  /** An installed and migrated database. */
  public static TestDatabase migrated() {
    TestDatabase database = installed();
    new Migrations(database.as(DatabaseRole.OWNER), TableList.ofCofferdam()).migrate();
    return database;
  }

  /** Cofferdam's tables, and those of a SaaS that uses tenancy for its own. */
  public static TableList withLedger() {
    return TableList.ofCofferdam().and(TableList.ofResource("ledger/tables"));
  }

  /** Unpooled and unbound connections of a role. */
  public DataSource as(DatabaseRole role) {
    PGSimpleDataSource source = superuser();
    source.setUser(role.user());
    source.setPassword(new String(passwords().passwordOf(role)));
    return source;
  }

  @Override
  public void close() {
    try (Connection connection = superuser("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
