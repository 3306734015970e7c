package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.RolePasswords;
import dev.cofferdam.server.testing.SharedPostgres;
import dev.cofferdam.server.testing.ShortHandshakes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own for one test, on the cluster that all tests of this JVM share. Installing
 * and migrating is done once a JVM; every later database is a copy, at a tenth of the price.
 *
 * <p>Safe for use by several threads.
 */
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
    database.install();
    return database;
  }

  private void install() {
    new Installation(superuser("postgres"), name).install(passwords());
    ShortHandshakes.ofAll(superuser("postgres"), passwords());
  }

  private void harden() {
    try {
      new Installation(superuser("postgres"), name).harden();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The passwords of the roles in every database of this cluster. */
  public static RolePasswords passwords() {
    return role -> ("password of " + role.user()).toCharArray();
  }

  public String name() {
    return name;
  }

  public static PGSimpleDataSource superuser(String database) {
    return SharedPostgres.database(database);
  }

  /** Without user or password. */
  public String url() {
    return SharedPostgres.cluster().jdbcUrl(name);
  }

  public PGSimpleDataSource superuser() {
    return superuser(name);
  }

  /** An installed and migrated database. */
  public static TestDatabase migrated() {
    return Template.MIGRATED.copy();
  }

  /**
   * An installed and migrated database, with the tables of a SaaS that uses tenancy for its own.
   */
  public static TestDatabase migratedWithLedger() {
    return Template.WITH_LEDGER.copy();
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

  /** What others are copied from; made at first use, and never connected to afterwards. */
  private enum Template {
    MIGRATED(TableList.ofCofferdam()),
    WITH_LEDGER(withLedger());

    private final TableList list;
    private final TestDatabase original = named();
    private boolean made;

    Template(TableList list) {
      this.list = list;
    }

    private synchronized TestDatabase copy() {
      if (!made) {
        original.install();
        new Migrations(original.as(DatabaseRole.OWNER), list).migrate();
        made = true;
      }
      TestDatabase copy = named();
      try (Connection connection = superuser("postgres").getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + copy.name + " template " + original.name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      // The rights on the database itself are not copied with it; roles and passwords are there.
      copy.harden();
      return copy;
    }
  }
}
