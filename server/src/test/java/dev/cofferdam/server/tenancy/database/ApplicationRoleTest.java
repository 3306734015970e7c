package dev.cofferdam.server.tenancy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.DatabaseRole;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left to the application role after an installation, and what is not. */
class ApplicationRoleTest {
  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.migrated();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select set_config('backtrace_functions', 't_x', true)",
        "set backtrace_functions = 't_x'",
        "set role cofferdam_owner",
        "set session authorization cofferdam_owner",
        "create temporary table t ()",
        "create schema s",
        "create table public.t ()",
        "do $$ begin end $$",
        "select lo_create(1)",
        "select lo_from_bytea(0, 'x')",
        "select pg_advisory_lock(1)",
        "select pg_try_advisory_xact_lock(1)",
        "select pg_advisory_unlock_all()",
        "select pg_sleep(0)",
        "select pg_notify('a', 'b')",
        "select pg_cancel_backend(1)",
        "select pg_terminate_backend(1)",
        "select pg_export_snapshot()",
        "select txid_current()",
        "select pg_current_xact_id()",
        "select pg_current_snapshot()",
        "select age('1'::xid)",
        "select pg_current_wal_lsn()",
        "select pg_relation_size('tenancy.tenant')",
        "select pg_total_relation_size('tenancy.tenant')",
        "select pg_stat_get_live_tuples('tenancy.tenant'::regclass)",
        "select pg_stat_get_numscans('tenancy.tenant'::regclass)",
        "select query_to_xml('select 1', true, true, '')",
        "select table_to_xml('tenancy.tenant', true, true, '')",
        "select schema_to_xml('tenancy', true, true, '')",
        "select ts_stat('select ''a''::tsvector')",
        "select setseed(0)",
        "select pg_read_file('/etc/passwd')",
        "select pg_ls_dir('.')",
        "select pg_logical_emit_message(true, 'a', 'b')",
        "select reltuples from pg_class",
        "select relpages from pg_class",
        "select * from pg_class",
        "select * from pg_stats",
        "select * from pg_statistic",
        "select * from pg_stat_activity",
        "select * from pg_stat_user_tables",
        "select * from pg_statio_user_tables",
        "select * from pg_stat_database",
        "select * from pg_locks",
        "select * from pg_prepared_xacts",
        "update pg_settings set setting = 'off' where name = 'row_security'",
        "select * from pg_roles",
        "select * from pg_authid",
        "select * from pg_sequences",
        "select datfrozenxid from pg_database",
        "select * from pg_largeobject",
        "select * from pg_policy",
        "select * from tenancy.binding_key",
        "select * from tenancy.schema_history",
        "select tenancy.create_tenant(null, null, null, null, null, null)",
        "select tenancy.guard('tenancy.tenant', 'tenant')",
        "alter table tenancy.tenant disable row level security",
        "truncate tenancy.tenant",
        "copy (select 1) to program 'id'",
        "load 'plpgsql'"
      })
  void isRefused(String sql) throws SQLException {
    try (Connection connection = database.as(DatabaseRole.APP).getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOf(SQLException.class)
          .satisfies(
              e ->
                  assertThat(((SQLException) e).getSQLState())
                      .as(e.getMessage())
                      .isEqualTo("42501"));
    }
  }

  @Test
  void theMetadataThatJdbcLibrariesAskForStillAnswer() throws SQLException {
    try (Connection connection = database.as(DatabaseRole.APP).getConnection()) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(rows(metadata.getTables(null, "tenancy", "tenant", null))).isOne();
      assertThat(rows(metadata.getColumns(null, "tenancy", "tenant", "%"))).isPositive();
      assertThat(rows(metadata.getPrimaryKeys(null, "tenancy", "tenant"))).isOne();
      assertThat(rows(metadata.getSchemas())).isPositive();
      assertThat(rows(metadata.getTypeInfo())).isPositive();
      assertThat(rows(metadata.getFunctions(null, "tenancy", "bind"))).isOne();
      assertThat(rows(metadata.getImportedKeys(null, "tenancy", "slug_claim"))).isOne();
      assertThat(metadata.getSQLKeywords()).isNotEmpty();
      assertThat(connection.isValid(5)).isTrue();
      assertThat(connection.createArrayOf("uuid", new Object[0]).getBaseTypeName())
          .isEqualTo("uuid");
    }
  }

  private static int rows(ResultSet result) throws SQLException {
    int rows = 0;
    while (result.next()) {
      rows++;
    }
    return rows;
  }
}
