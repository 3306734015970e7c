package dev.cofferdam.server.tenancy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.database.Finding.Rule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Plants each violation in a transaction that is rolled back, and sees exactly its refusal. */
class StartChecksTest {
  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.migratedWithLedger();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static List<Finding> findingsAfter(String violation) throws SQLException {
    try (Connection connection = database.superuser().getConnection()) {
      connection.setAutoCommit(false);
      SingleConnectionDataSource source = new SingleConnectionDataSource(connection, true);
      // Made by the owner unless the violation is that somebody else made it.
      JdbcTemplate template = new JdbcTemplate(source);
      template.execute(violation);
      List<Finding> findings = new StartChecks(source, TestDatabase.withLedger()).findings();
      connection.rollback();
      return findings;
    }
  }

  @Test
  void theMigratedDatabaseIsFoundWhole() throws SQLException {
    assertThat(findingsAfter("select 1")).isEmpty();
    new StartChecks(database.as(DatabaseRole.OWNER), TestDatabase.withLedger()).require();
  }

  @Test
  void theRefusalNamesWhatWasFoundAndWhatToDo() throws SQLException {
    TableList withoutLedger = TableList.ofCofferdam();
    assertThatThrownBy(
            () -> new StartChecks(database.as(DatabaseRole.OWNER), withoutLedger).require())
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("schema ledger is not listed")
        .hasMessageContaining("Undo the change");
  }

  static List<Arguments> violations() {
    return List.of(
        of("alter role cofferdam_app bypassrls", Rule.ROLE_POWER),
        of("alter role cofferdam_ops createdb", Rule.ROLE_POWER),
        of("alter role cofferdam_app createrole", Rule.ROLE_POWER),
        of("alter role cofferdam_app replication", Rule.ROLE_POWER),
        of("alter role cofferdam_owner bypassrls", Rule.ROLE_POWER),
        of("grant pg_read_all_data to cofferdam_app", Rule.ROLE_MEMBERSHIP),
        of("grant cofferdam_owner to cofferdam_ops", Rule.ROLE_MEMBERSHIP),
        of(
            "set local role cofferdam_owner; create table ledger.x(); reset role; alter table"
                + " ledger.x owner to cofferdam_app; drop table ledger.x; create domain ledger.d as"
                + " text; alter domain ledger.d owner to cofferdam_app",
            Rule.ROLE_OWNS),
        of(
            "do $$ begin execute format('grant temporary on database %I to cofferdam_app',"
                + " current_database()); end $$",
            Rule.ROLE_MAY_CREATE),
        of(
            "do $$ begin execute format('grant create on database %I to public',"
                + " current_database()); end $$",
            Rule.ROLE_MAY_CREATE),
        of("grant create on schema ledger to cofferdam_app", Rule.ROLE_MAY_CREATE),
        of("grant usage on schema public to public", Rule.ROLE_MAY_CREATE),
        of("grant set on parameter backtrace_functions to cofferdam_app", Rule.ROLE_MAY_SET),
        of("grant set on parameter log_statement to public", Rule.ROLE_MAY_SET),
        of("revoke set on parameter backtrace_functions from cofferdam_owner", Rule.ROLE_SETTING),
        of("alter role cofferdam_app reset log_parameter_max_length", Rule.ROLE_SETTING),
        of("alter role cofferdam_app set row_security = off", Rule.SERVER_SETTING),
        of(
            "grant execute on function pg_catalog.set_config(text, text, boolean) to public",
            Rule.SYSTEM_FUNCTION),
        of(
            "grant execute on function pg_catalog.pg_sleep(double precision) to cofferdam_app",
            Rule.SYSTEM_FUNCTION),
        of(
            "grant execute on function pg_catalog.lo_create(oid) to cofferdam_ops",
            Rule.SYSTEM_FUNCTION),
        of("grant select on pg_catalog.pg_class to public", Rule.SYSTEM_RELATION),
        of("grant select on pg_catalog.pg_stats to cofferdam_app", Rule.SYSTEM_RELATION),
        of("drop event trigger append_only_dropped", Rule.APPEND_ONLY),
        of("alter event trigger append_only_altered disable", Rule.APPEND_ONLY),
        of("alter schema public owner to pg_database_owner", Rule.APPEND_ONLY),
        of("grant usage on language plpgsql to cofferdam_app", Rule.LANGUAGE),
        of("create schema webhooks", Rule.UNLISTED_SCHEMA),
        of("create table ledger.payment (id int)", Rule.UNLISTED_TABLE),
        of("create materialized view ledger.total as select 1", Rule.UNLISTED_TABLE),
        of(
            "create table ledger.entry_part (like ledger.entry) ; alter table ledger.entry_part"
                + " inherit ledger.entry",
            Rule.UNLISTED_TABLE),
        of(
            "alter table ledger.entry rename to entries; alter table ledger.entries set schema"
                + " public",
            Rule.MISSING_TABLE),
        of("alter table ledger.entry disable row level security", Rule.ROW_SECURITY_OFF),
        of("alter table ledger.entry no force row level security", Rule.ROW_SECURITY_NOT_FORCED),
        of("drop policy scope on ledger.entry", Rule.POLICY_MISSING),
        of("drop policy purpose on ledger.entry", Rule.POLICY_MISSING),
        of("create policy all_of_it on ledger.entry using (true)", Rule.POLICY_EXTRA),
        of("create policy twice on ledger.entry to cofferdam_app using (true)", Rule.POLICY_EXTRA),
        of(
            "create policy less on ledger.entry as restrictive to cofferdam_app using (true)",
            Rule.POLICY_EXTRA),
        of("alter policy scope on ledger.entry using (true)", Rule.POLICY_NOT_ITS_KIND),
        of("alter policy scope on ledger.entry with check (true)", Rule.POLICY_NOT_ITS_KIND),
        of(
            "alter policy purpose on ledger.entry using (true) with check (true)",
            Rule.POLICY_NOT_ITS_KIND),
        of(
            "alter policy scope on ledger.preference using (person_id = (select"
                + " tenancy.bound_tenant())) with check (person_id = (select"
                + " tenancy.bound_tenant()))",
            Rule.POLICY_NOT_ITS_KIND),
        of(
            "alter policy scope on ledger.rate using ((select tenancy.bound_purpose()) = any"
                + " ('{report,sign_up}'::text[]))",
            Rule.POLICY_NOT_ITS_KIND),
        of(
            "alter policy scope on ledger.entry using (tenant_id = tenancy.bound_tenant())",
            Rule.POLICY_PER_ROW),
        of(
            "alter policy scope on ledger.entry using (tenant_id = (select tenancy.bound_tenant())"
                + " and random() < 2)",
            Rule.POLICY_VOLATILE),
        of("grant select (key_id) on tenancy.binding_key to cofferdam_app", Rule.INTERNAL_GRANTED),
        of("grant select on tenancy.slug_claim to public", Rule.INTERNAL_GRANTED),
        of("grant select on ledger.entry to cofferdam_ops", Rule.TABLE_GRANTED),
        of("grant truncate on ledger.entry to cofferdam_app", Rule.TABLE_GRANTED),
        of("grant select on ledger.entry to public", Rule.TABLE_GRANTED),
        of("create unique index note on ledger.entry (note)", Rule.KEY_NOT_SCOPED),
        of("create index amount on ledger.entry (amount, tenant_id)", Rule.KEY_NOT_SCOPED),
        of("create index lower on ledger.entry (lower(note))", Rule.KEY_NOT_SCOPED),
        of(
            "alter table ledger.entry add column rate text references ledger.rate",
            Rule.FOREIGN_KEY_NOT_SCOPED),
        of(
            "alter table ledger.entry add column n bigint generated always as identity",
            Rule.SEQUENCE),
        of(
            "create sequence ledger.s; grant usage on sequence ledger.s to cofferdam_app",
            Rule.SEQUENCE),
        of(
            "create view ledger.all_entries with (security_invoker = true) as select * from"
                + " ledger.entry",
            Rule.UNLISTED_VIEW),
        of(
            "create function ledger.f() returns int language sql security definer set search_path ="
                + " pg_catalog, pg_temp as 'select 1'; alter function ledger.f() owner to"
                + " cofferdam_owner; revoke execute on function ledger.f() from public",
            Rule.UNLISTED_DEFINER),
        of("drop function tenancy.binding_epochs()", Rule.MISSING_FUNCTION),
        of("alter function tenancy.binding_epochs() security invoker", Rule.MISSING_FUNCTION),
        of(
            "grant execute on function tenancy.create_tenant to cofferdam_app",
            Rule.FUNCTION_GRANTED),
        of(
            "revoke execute on function tenancy.create_tenant from cofferdam_ops",
            Rule.FUNCTION_GRANTED),
        of("grant execute on function tenancy.bind to public", Rule.FUNCTION_PUBLIC),
        of("grant execute on function tenancy.guard to public", Rule.FUNCTION_PUBLIC),
        of("alter function tenancy.create_tenant reset search_path", Rule.FUNCTION_NAME_RESOLUTION),
        of(
            "alter function tenancy.create_tenant set search_path = public, pg_catalog",
            Rule.FUNCTION_NAME_RESOLUTION),
        of("alter function tenancy.create_tenant owner to current_user", Rule.ROLE_OWNS));
  }

  private static Arguments of(String violation, Rule rule) {
    return Arguments.of(violation, rule);
  }

  @ParameterizedTest
  @MethodSource("violations")
  void aPlantedViolationIsExactlyWhatIsFound(String violation, Rule rule) throws SQLException {
    assertThat(findingsAfter(violation))
        .as(violation)
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.rule()).as(finding.sentence()).isEqualTo(rule));
  }

  @Test
  void aSuperuserIsFoundWithAllThatItMayDo() throws SQLException {
    assertThat(findingsAfter("alter role cofferdam_app superuser"))
        .extracting(Finding::rule)
        .contains(Rule.ROLE_POWER, Rule.ROLE_MAY_CREATE, Rule.SYSTEM_FUNCTION);
  }

  @Test
  void aPartitionThatCanBeReadWithoutItsParentIsFound() throws SQLException {
    assertThat(
            findingsAfter(
                """
                create table ledger.part (like ledger.entry including all);
                alter table ledger.part inherit ledger.entry;
                grant select on ledger.part to cofferdam_app
                """))
        .extracting(Finding::rule)
        .containsExactlyInAnyOrder(Rule.UNLISTED_TABLE, Rule.PARTITION_GRANTED);
  }

  @Test
  void aViewWithItsOwnersRightsIsFound() throws SQLException {
    assertThat(findingsAfter("create view ledger.v as select * from ledger.entry"))
        .extracting(Finding::rule)
        .containsExactlyInAnyOrder(Rule.UNLISTED_VIEW, Rule.VIEW_OWNER_RIGHTS);
  }
}
