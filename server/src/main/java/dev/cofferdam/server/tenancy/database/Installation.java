package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.RolePasswords;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Everything that needs a superuser, done once: the roles, the database, and what is taken from
 * PUBLIC in it. Installing again sets all of it back to what it should be, passwords included.
 */
public final class Installation {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  // Any number, the same on every server: two installations at once would trip over the same rows.
  private static final long LOCK = 0x636f666665726401L;

  private final PGSimpleDataSource superuser;
  private final String database;

  /**
   * @param superuser an address with a superuser's credentials, of any database of the server
   * @param database the name of the database to make, lower-case letters, digits and underscores
   */
  public Installation(PGSimpleDataSource superuser, String database) {
    this.superuser = superuser;
    this.database = checkedName(database);
  }

  /**
   * Installs, or repairs what differs.
   *
   * @throws DatabaseRefusedException when the server cannot be reached, the credentials are not a
   *     superuser's, or a database of this name exists that Cofferdam cannot use
   */
  public void install(RolePasswords passwords) {
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      if (!isTrue(statement, "select rolsuper from pg_roles where rolname = current_user")) {
        throw new DatabaseRefusedException(
            "Installing needs a superuser of PostgreSQL, and `"
                + superuser.getUser()
                + "` is none. Use another user, or let `./cofferdam database print-install` write"
                + " the SQL for whoever is one.");
      }
      statement.execute("select pg_advisory_lock(" + LOCK + ")");
      statement.execute(SqlResource.read("roles.sql"));
      setPasswords(connection.unwrap(PGConnection.class), passwords);
      if (!isTrue(
          statement,
          "select exists (select from pg_database where datname = '" + database + "')")) {
        statement.execute(createDatabase());
      }
      harden();
    } catch (SQLException refused) {
      throw new DatabaseRefusedException(
          "The database could not be installed: " + refused.getMessage() + ".", refused);
    }
  }

  /**
   * The same as a script for psql, for a database administrator to read and run as superuser. It
   * expects the variables {@code owner_password}, {@code app_password} and {@code ops_password}.
   */
  public static String script(String database) {
    String name = checkedName(database);
    return """
    -- Run as: psql -v owner_password=… -v app_password=… -v ops_password=… -f this-file postgres
    \\set ON_ERROR_STOP on
    set log_statement = none;
    set password_encryption = 'scram-sha-256';

    %s
    alter role cofferdam_owner password :'owner_password';
    alter role cofferdam_app password :'app_password';
    alter role cofferdam_ops password :'ops_password';

    select $$%s$$
     where not exists (select from pg_database where datname = '%s') \\gexec
    \\connect %s

    begin;
    %s
    commit;
    """
        .formatted(
            SqlResource.read("roles.sql"),
            new Installation(new PGSimpleDataSource(), name).createDatabase(),
            name,
            name,
            SqlResource.install());
  }

  /** Closes what PostgreSQL leaves open in a database, which is there; the roles are too. */
  void harden() throws SQLException {
    PGSimpleDataSource inside = new PGSimpleDataSource();
    inside.setURL(superuser.getUrl());
    inside.setUser(superuser.getUser());
    inside.setPassword(superuser.getPassword());
    inside.setDatabaseName(database);
    try (Connection connection = inside.getConnection();
        Statement statement = connection.createStatement()) {
      if (!isTrue(
          statement,
          """
          select datlocprovider = 'b' and datlocale = 'C.UTF-8' and encoding = pg_char_to_encoding('UTF8')
            from pg_database where datname = current_database()
          """)) {
        throw new DatabaseRefusedException(
            "The database `"
                + database
                + "` exists already with another encoding or locale than UTF8 and PostgreSQL's own"
                + " C.UTF-8. Choose another name, or drop it.");
      }
      connection.setAutoCommit(false);
      statement.execute(SqlResource.install());
      connection.commit();
    }
  }

  private static void setPasswords(PGConnection connection, RolePasswords passwords)
      throws SQLException {
    for (DatabaseRole role : DatabaseRole.values()) {
      char[] password = passwords.passwordOf(role);
      try {
        // Sends a SCRAM verifier: the password itself reaches neither the wire nor a log.
        connection.alterUserPassword(role.user(), password, "scram-sha-256");
      } finally {
        Arrays.fill(password, '\0');
      }
    }
  }

  /** Locale of PostgreSQL itself: the order of an index must not change with the host's libc. */
  private String createDatabase() {
    return """
    create database %s owner cofferdam_owner template template0
      encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'\
    """
        .formatted(database);
  }

  private static boolean isTrue(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private static String checkedName(String database) {
    if (!NAME.matcher(database).matches()) {
      throw new IllegalArgumentException(
          "a database is named with lower-case letters, digits and underscores, not `"
              + database
              + "`");
    }
    return database;
  }
}
