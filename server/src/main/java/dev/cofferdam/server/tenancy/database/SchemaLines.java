package dev.cofferdam.server.tenancy.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * What really stands in a schema, as lines of text: tables, columns, constraints, indexes,
 * policies, triggers, functions, owners, rights. Two schemas with the same lines are alike.
 */
final class SchemaLines {
  // In one message with the query: PostgreSQL writes a default, a check and a policy as these say,
  // and the driver sets the time zone of the machine. They stay for the session, which is why the
  // connection must be one that nobody uses afterwards.
  private static final String QUERY =
      """
      set search_path = pg_catalog;
      set timezone = 'UTC';
      set datestyle = 'ISO, MDY';
      set intervalstyle = 'postgres';
      set bytea_output = 'hex';
      set extra_float_digits = 1;
      set quote_all_identifiers = off;
      """
          + SqlResource.read("schema_lines.sql");

  private SchemaLines() {}

  /**
   * Reads in one round trip.
   *
   * @param owner connections that are not pooled
   * @param tables and views, with their schemas; described in addition, without the rest of their
   *     schemas
   * @return each line once, in the order of their characters, whatever the database's collation
   */
  static List<String> read(DataSource owner, List<String> schemas, List<String> tables) {
    try (Connection connection = owner.getConnection();
        PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
      statement.setArray(2, connection.createArrayOf("text", tables.toArray()));
      boolean rowsCome = statement.execute();
      while (!rowsCome) {
        rowsCome = statement.getMoreResults();
      }
      List<String> lines = new ArrayList<>();
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
      Collections.sort(lines);
      return lines;
    } catch (SQLException e) {
      throw new SQLExceptionSubclassTranslator().translate("reading of the schema", null, e);
    }
  }
}
