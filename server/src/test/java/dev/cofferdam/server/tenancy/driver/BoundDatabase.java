package dev.cofferdam.server.tenancy.driver;

import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.SharedPostgres;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** A database with one table of notes that belong to tenants, and bound pools to reach it. */
final class BoundDatabase implements AutoCloseable {
  static final Deadlines DEADLINES =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40));

  private final TestDatabase database = TestDatabase.migrated();

  BoundDatabase() {
    DataSource owner = database.as(DatabaseRole.OWNER);
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        PreparedStatement key =
            connection.prepareStatement(
                "insert into tenancy.binding_key (epoch, inner_pad, outer_pad, installed_at) values (1, ?, ?, now())")) {
      key.setBytes(1, padded(0x36));
      key.setBytes(2, padded(0x5c));
      key.execute();
      statement.execute(
          """
          create schema notes;
          grant usage on schema notes to cofferdam_app;
          create table notes.note (
            tenant uuid not null default tenancy.bound_tenant(),
            id bigint generated always as identity,
            title text not null,
            at timestamptz not null default now(),
            primary key (tenant, id));
          alter table notes.note enable row level security;
          alter table notes.note force row level security;
          create policy of_tenant on notes.note to cofferdam_app
            using (tenant = (select tenancy.bound_tenant()))
            with check (tenant = (select tenancy.bound_tenant()));
          grant select, insert, update, delete on notes.note to cofferdam_app;
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    // Something slow to cancel and to time out; the application role itself has no such right.
    asSuperuser("grant execute on function pg_sleep(double precision) to cofferdam_app");
  }

  String name() {
    return database.name();
  }

  void asSuperuser(String sql) {
    try (Connection connection = database.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Target target() {
    return target(port(), DEADLINES);
  }

  Target target(int port, Deadlines deadlines) {
    return new Target(
        "127.0.0.1", port, name(), DatabaseRole.APP.user(), null, deadlines, "driver test");
  }

  static int port() {
    return URI.create(SharedPostgres.cluster().jdbcUrl("postgres").substring("jdbc:".length()))
        .getPort();
  }

  /** Two connections, as the application role. */
  BoundPool pool() {
    return pool(target(), 2, Map.of());
  }

  BoundPool pool(Target target, int connections, Map<String, String> tuning) {
    return BoundPool.open(
        "test",
        target,
        () -> password(DatabaseRole.APP),
        connections,
        Duration.ofSeconds(60),
        new Bound(),
        tuning);
  }

  /**
   * The server processes behind a pool of two: the same two as long as no connection is replaced.
   */
  Set<Integer> backends(BoundPool pool) throws SQLException {
    try (Connection one = pool.getConnection();
        Connection other = pool.getConnection()) {
      return Set.of(
          one.unwrap(PGConnection.class).getBackendPID(),
          other.unwrap(PGConnection.class).getBackendPID());
    }
  }

  static String password(DatabaseRole role) {
    return new String(TestDatabase.passwords().passwordOf(role));
  }

  private static byte[] padded(int pad) {
    byte[] padded = new byte[64];
    for (int i = 0; i < padded.length; i++) {
      padded[i] = (byte) ((i < Bound.KEY.length ? Bound.KEY[i] : 0) ^ pad);
    }
    return padded;
  }

  @Override
  public void close() {
    database.close();
  }
}
