package dev.cofferdam.server.testing;

import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.RolePasswords;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Passwords of a test's PostgreSQL, kept turned around once and not four thousand times (RFC 5802).
 * That protects passwords that somebody could guess, and a tests' JVM would spend a fifth of its
 * time on it, since the driver pays for it at each connect. The handshake is the same; with the
 * iterations of a shipped server it is played by the tests that run one.
 */
public final class ShortHandshakes {
  private ShortHandshakes() {}

  /** Of the superuser alone. */
  public static void ofSuperuser(PGSimpleDataSource superuser) {
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      shorten(statement, superuser);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of the superuser and of Cofferdam's roles, which are there. */
  public static void ofAll(PGSimpleDataSource superuser, RolePasswords passwords) {
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      shorten(statement, superuser);
      for (DatabaseRole role : DatabaseRole.values()) {
        password(statement, role.user(), new String(passwords.passwordOf(role)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void shorten(Statement statement, PGSimpleDataSource superuser)
      throws SQLException {
    statement.execute("set scram_iterations = 1");
    password(statement, superuser.getUser(), superuser.getPassword());
  }

  private static void password(Statement statement, String role, String password)
      throws SQLException {
    statement.execute("alter role %s password '%s'".formatted(role, password.replace("'", "''")));
  }
}
