package dev.cofferdam.server.keyring;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What a database says of the root key it belongs to, asked by a superuser before anything is set
 * in it. The server itself asks again, as the application role ({@link RootKeyRecord}).
 */
public final class RootKeyOfDatabase {
  private RootKeyOfDatabase() {}

  /**
   * Compares. A database that is not there yet, or has recorded no key yet, belongs to nobody.
   *
   * @param superuser an address with a superuser's credentials, of any database of the server
   * @throws KeyringRefusedException when the database belongs to another root key
   */
  public static void requireSame(String rootKeyId, PGSimpleDataSource superuser, String database) {
    Optional<String> recorded;
    try {
      recorded = recorded(superuser, database);
    } catch (SQLException unreadable) {
      throw new KeyringRefusedException(
          "the root key that the database `"
              + database
              + "` belongs to could not be read: "
              + unreadable.getMessage()
              + ".");
    }
    if (recorded.isPresent() && !recorded.get().equals(rootKeyId)) {
      throw new KeyringRefusedException(RootKeyRecord.belongsToAnother(rootKeyId, recorded.get()));
    }
  }

  private static Optional<String> recorded(PGSimpleDataSource superuser, String database)
      throws SQLException {
    try (Connection connection = superuser.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select from pg_database where datname = ?")) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
      }
    }
    PGSimpleDataSource inside = new PGSimpleDataSource();
    inside.setURL(superuser.getUrl());
    inside.setUser(superuser.getUser());
    inside.setPassword(superuser.getPassword());
    inside.setDatabaseName(database);
    try (Connection connection = inside.getConnection();
        Statement statement = connection.createStatement()) {
      if (first(statement, "select to_regclass('keyring.root_key')::text").isEmpty()) {
        return Optional.empty();
      }
      return first(statement, "select root_key_id from keyring.root_key");
    }
  }

  private static Optional<String> first(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }
}
