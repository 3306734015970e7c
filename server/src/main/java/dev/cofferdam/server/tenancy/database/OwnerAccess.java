package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.RolePasswords;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections of the owner role, opened one at a time for the little that needs them: migrating,
 * provisioning and rotating. Never a bean, so that nothing else can be given it.
 */
public final class OwnerAccess extends AbstractDataSource {
  private final DatabaseAddress address;
  private final RolePasswords passwords;

  OwnerAccess(DatabaseAddress address, RolePasswords passwords) {
    this.address = address;
    this.passwords = passwords;
  }

  /**
   * Logs in once, and tells PostgreSQL's version.
   *
   * @param derived the passwords of roles for which the settings name no file
   * @throws DatabaseRefusedException when there is no such server, database or login
   */
  public static String serverVersion(DatabaseSettings settings, RolePasswords derived) {
    OwnerAccess owner = new OwnerAccess(settings.address(), settings.passwords(derived));
    owner.requireReachable();
    try (Connection connection = owner.getConnection()) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new DatabaseRefusedException(
          "The database at `%s` went away while it was looked at.".formatted(owner.address), e);
    }
  }

  /**
   * Whether no server has ever migrated this database, so that nothing can have been sealed in it.
   *
   * @throws DatabaseRefusedException when there is no such server, database or login
   */
  public static boolean isUntouched(DatabaseSettings settings, RolePasswords derived) {
    OwnerAccess owner = new OwnerAccess(settings.address(), settings.passwords(derived));
    owner.requireReachable();
    return OwnerWork.returning(
        owner,
        template ->
            Boolean.TRUE.equals(
                template.queryForObject(
                    "select to_regclass('tenancy.schema_history') is null", Boolean.class)));
  }

  /**
   * One transaction of the owner role, bound to a purpose of the platform, for what is done while
   * no server runs.
   *
   * @param derived the passwords of roles for which the settings name no file
   */
  public static <T> T transaction(
      DatabaseSettings settings, RolePasswords derived, Function<JdbcClient, T> work) {
    return OwnerWork.returning(
        new OwnerAccess(settings.address(), settings.passwords(derived)),
        template -> work.apply(JdbcClient.create(template)));
  }

  @Override
  public Connection getConnection() throws SQLException {
    char[] password = passwords.passwordOf(DatabaseRole.OWNER);
    try {
      return address.as(DatabaseRole.OWNER.user(), password).getConnection();
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLException("the user of this source is fixed");
  }

  /**
   * Opens one connection, to say what is wrong when that fails.
   *
   * @throws DatabaseRefusedException when there is no such server, database or login
   */
  void requireReachable() {
    try (Connection connection = getConnection()) {
      connection.isValid(5);
    } catch (SQLException e) {
      throw new DatabaseRefusedException(
          switch (e.getSQLState() == null ? "" : e.getSQLState()) {
            case "28P01", "28000" ->
                "The database at `%s` refuses the password of cofferdam_owner. Run `./cofferdam database install` with the root key of this server, or set cofferdam.database.owner-password-file."
                    .formatted(address);
            case "3D000" ->
                "There is no database `%s` on that server. Run `./cofferdam database install`, or correct cofferdam.database.url."
                    .formatted(address);
            default ->
                "The database at `%s` cannot be reached: %s Start it, or correct cofferdam.database.url."
                    .formatted(address, sentence(e.getMessage()));
          },
          e);
    }
  }

  private static String sentence(@Nullable String message) {
    String line =
        message == null
            ? "no reason was given"
            // The names of the classes that found it are no help.
            : message.lines().findFirst().orElse("").replaceAll("(\\w+\\.)+\\w*Exception: ", "");
    return line.endsWith(".") ? line : line + ".";
  }
}
