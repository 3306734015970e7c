package dev.cofferdam.server.tenancy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Plants each kind of edit in a transaction that is rolled back, and sees it named. */
class SchemaFingerprintTest {
  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.migrated();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  /**
   * What the machine and the database's administrator may set, each changes how a default reads.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "timezone = 'Asia/Kathmandu'",
        "datestyle = 'ISO, DMY'",
        "intervalstyle = 'iso_8601'",
        "bytea_output = 'escape'",
        "extra_float_digits = -10",
        "quote_all_identifiers = on"
      })
  void howASessionWritesValuesIsNoEdit(String setting) throws SQLException {
    edited(
        "set local " + setting,
        (source, _) -> new SchemaFingerprint(source, TableList.ofCofferdam()).require());
  }

  private interface Look {
    void at(DataSource edited, Statement statement) throws SQLException;
  }

  private static void edited(String edit, Look look) throws SQLException {
    try (Connection connection = database.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(edit);
      look.at(new SingleConnectionDataSource(connection, true), statement);
      connection.rollback();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # edit | what the refusal names
          alter table tenancy.tenant add column note text | made, `column tenancy.tenant.note text`
          alter table tenancy.tenant drop column placement_failure | lacks `column tenancy.tenant.placement_failure text`
          alter table tenancy.tenant rename column name to title | `column tenancy.tenant.title text not null`
          alter table tenancy.tenant alter column changed_at type date | `column tenancy.tenant.changed_at date not null`
          alter table tenancy.tenant alter column placement_failure type text collate "C" | `column tenancy.tenant.placement_failure text collate "C"`
          alter table tenancy.tenant alter column version set default 2 | `column tenancy.tenant.version bigint not null default 2`
          alter table tenancy.tenant alter column version drop default | made, `column tenancy.tenant.version bigint not null`
          alter table tenancy.tenant alter column name drop not null | made, `column tenancy.tenant.name text`
          alter table tenancy.tenant drop constraint tenant_name_check | lacks `constraint tenant_name_check on tenancy.tenant CHECK
          alter table tenancy.tenant add constraint more check (version > 0) not valid | `constraint more on tenancy.tenant CHECK ((version > 0)) NOT VALID
          alter table tenancy.slug_claim drop constraint slug_claim_tenant_id_fkey | lacks `constraint slug_claim_tenant_id_fkey on tenancy.slug_claim FOREIGN KEY
          alter table tenancy.slug_claim disable trigger all | `trigger of constraint slug_claim_tenant_id_fkey on tenancy.slug_claim, disabled`
          create index extra on tenancy.tenant (state) | `index CREATE INDEX extra ON tenancy.tenant USING btree (state)`
          drop index keyring.platform_key_active | lacks `index CREATE UNIQUE INDEX platform_key_active ON keyring.platform_key
          alter policy scope on tenancy.tenant using (true) | `policy scope on tenancy.tenant permissive for all to cofferdam_app using true
          drop policy purpose on keyring.root_key | lacks `policy purpose on keyring.root_key permissive for all to cofferdam_owner
          create policy more on tenancy.tenant for select using (true) | `policy more on tenancy.tenant permissive for select to PUBLIC using true`
          drop trigger tenant_life on tenancy.tenant | lacks `trigger tenant_life on tenancy.tenant: CREATE TRIGGER
          alter table tenancy.tenant disable trigger tenant_life | tenancy.tenant_life(), disabled`
          create trigger more before insert on tenancy.tenant for each row execute function tenancy.tenant_life() | `trigger more on tenancy.tenant: CREATE TRIGGER more BEFORE INSERT
          create rule none as on insert to tenancy.tenant do instead nothing | `rule on tenancy.tenant: CREATE RULE
          grant update on tenancy.tenant to cofferdam_app | `right on table tenancy.tenant: cofferdam_app may update`
          grant select (placement_failure) on tenancy.tenant to cofferdam_app | `right on column tenancy.tenant.placement_failure: cofferdam_app may select`
          revoke insert on keyring.root_key from cofferdam_app | `right on table keyring.root_key: cofferdam_app may select`
          grant select on keyring.root_key to cofferdam_app with grant option | cofferdam_app may insert, select and grant it`
          grant usage on schema keyring to cofferdam_ops | `right on schema keyring: cofferdam_ops may usage`
          grant execute on function tenancy.guard to public | `right on function tenancy.guard(regclass,text,text[]): PUBLIC may execute`
          alter default privileges for role cofferdam_owner in schema tenancy grant select on tables to public | what cofferdam_owner makes in schema tenancy (r): PUBLIC may select`
          alter table tenancy.slug_claim owner to postgres | `owner of table tenancy.slug_claim: postgres`
          alter schema keyring owner to postgres | `owner of schema keyring: postgres`
          alter function tenancy.bind owner to postgres | `owner of function tenancy.bind(bytea): postgres`
          alter table tenancy.tenant disable row level security | made, `table tenancy.tenant forced`
          alter table tenancy.tenant no force row level security | made, `table tenancy.tenant with row security`
          alter table tenancy.slug_claim set unlogged | `table tenancy.slug_claim unlogged`
          create or replace function tenancy.bound_tenant() returns uuid language sql stable parallel safe return null::uuid | lacks `function tenancy.bound_tenant()
          create or replace function keyring.only_forward() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as 'begin return new; end' | lacks `function keyring.only_forward()
          create function tenancy.bind(capability bytea, more text) returns text language sql return '' | `function tenancy.bind(capability bytea, more text) returns text
          alter function tenancy.bound_person() volatile | `function tenancy.bound_person() returns uuid language sql volatile parallel safe
          alter function tenancy.bound_person() leakproof | parallel safe leakproof definition
          alter function tenancy.bound_person() parallel unsafe | stable parallel unsafe definition
          alter function tenancy.guard security definer | security definer set search_path
          alter function tenancy.guard set search_path = public | set search_path=public definition
          alter function tenancy.guard cost 1 | lacks `function tenancy.guard(relation regclass
          drop function tenancy.guard | lacks `function tenancy.guard(relation regclass
          create view tenancy.v as select 1 as one | `column tenancy.v.one integer`
          create materialized view tenancy.v as select 1 as one | `materialized view tenancy.v`
          create sequence tenancy.s | `sequence tenancy.s as bigint start 1 increment 1
          create type tenancy.mood as enum ('good', 'bad') | `type tenancy.mood enum 'good', 'bad'`
          create domain tenancy.short as text not null | `type tenancy.short domain of text not null`
          create table tenancy.part () inherits (tenancy.slug_claim) | `column tenancy.part.skeleton text not null`
          create collation tenancy.c (locale = 'C') | `collation tenancy.c`
          create operator tenancy.+ (function = int4pl, leftarg = int, rightarg = int) | `operator tenancy.+(integer,integer)`
          """)
  void anEditIsRefusedByName(String edit, String named) throws SQLException {
    edited(
        edit,
        (source, _) -> {
          SchemaFingerprint fingerprint = new SchemaFingerprint(source, TableList.ofCofferdam());
          assertThatThrownBy(fingerprint::require)
              .isInstanceOf(DatabaseRefusedException.class)
              .hasMessageStartingWith("The schema of the database was edited: it ")
              .hasMessageContaining(named)
              .hasMessageEndingWith("Undo the edit, or restore the database from a backup.");
        });
  }

  private static final List<String> SCHEMAS = List.of("tenancy", "keyring");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          create view tenancy.v as select 1 as one | create or replace view tenancy.v as select 2 as one
          create view tenancy.v with (security_invoker) as select 1 as one | alter view tenancy.v reset (security_invoker)
          create type tenancy.mood as enum ('good') | alter type tenancy.mood add value 'bad'
          create domain tenancy.short as text check (length(value) < 9) | alter domain tenancy.short drop constraint short_check
          create table tenancy.part () inherits (tenancy.slug_claim) | alter table tenancy.part no inherit tenancy.slug_claim
          create sequence tenancy.s | alter sequence tenancy.s cycle
          create table tenancy.t (id int generated always as identity) | alter table tenancy.t alter id set generated by default
          create table tenancy.t (id int, twice int generated always as (id * 2)) | alter table tenancy.t alter twice set expression as (id * 3)
          """)
  void anEditOfWhatOnlyOtherModulesHaveIsSeen(String made, String edit) throws SQLException {
    edited(
        made,
        (source, statement) -> {
          List<String> before = SchemaLines.read(source, SCHEMAS, List.of());
          statement.execute(edit);
          assertThat(SchemaLines.read(source, SCHEMAS, List.of())).isNotEqualTo(before);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "comment on table tenancy.tenant is 'x'",
        "create statistics tenancy.more on state, slug from tenancy.tenant",
        "alter table tenancy.tenant alter column state set statistics 500",
        "alter table tenancy.tenant set (fillfactor = 70)",
        "grant select on tenancy.slug_claim to cofferdam_app; revoke select on tenancy.slug_claim from cofferdam_app",
        "update tenancy.schema_history set execution_time = 1",
        "set search_path = tenancy, keyring",
        "create schema tenant_0123; create table tenant_0123.t ()"
      })
  void whatMayDifferPasses(String difference) throws SQLException {
    edited(
        difference,
        (source, _) -> new SchemaFingerprint(source, TableList.ofCofferdam()).require());
  }

  @Test
  void aServerStartsOnAnUntouchedDatabaseAsManyTimesAsOneLikesAndOnAnEditedNot() {
    try (TestDatabase own = TestDatabase.installed()) {
      // Its ledger has no schema.txt.
      prepare(own);
      prepare(own);
      // What the rules about isolation have nothing against.
      JdbcClient.create(own.superuser())
          .sql("alter table tenancy.tenant drop constraint tenant_name_check")
          .update();
      assertThatThrownBy(() -> prepare(own))
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining("it lacks `constraint tenant_name_check on tenancy.tenant");
    }
  }

  private static void prepare(TestDatabase own) {
    PreparedDatabase.prepare(
        TestServer.settings(own.url()), TestDatabase.passwords(), TestDatabase.withLedger());
  }

  @Test
  void linesNameRolesAndNotTheirNumbers() {
    assertThat(SchemaLines.read(database.as(DatabaseRole.OWNER), SCHEMAS, List.of()))
        .isNotEmpty()
        .noneMatch(line -> line.matches("(owner of|right on) .*: [0-9]+( may .*)?"));
  }
}
