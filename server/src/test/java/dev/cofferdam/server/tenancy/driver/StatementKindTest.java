package dev.cofferdam.server.tenancy.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementKindTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "SELECT 1",
        "with a as (select 1) table a",
        "insert into explain values (1)",
        "",
        "  ",
        "-- explain",
        "/* begin */ select 1",
        "(select 1)",
        "set local lock_timeout = 5",
        "set transaction isolation level serializable",
        "set constraints all deferred",
        "savepoint a",
        "release a",
        "rollback to a",
        "ROLLBACK /* x */ TO SAVEPOINT \"a\"",
        "declare c cursor for select 1",
        "create table temperature (a int)",
        "fetch 1 from c",
        "explainer",
        "\"begin\""
      })
  void endsWithItsTransaction(String sql) {
    assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.PLAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set a.b = 1",
        "SET\n\tsearch_path = x",
        "set/**/role x",
        "set session authorization x",
        "set session characteristics as transaction read only",
        "reset all",
        "listen a",
        "unlisten *",
        "prepare p as select 1",
        "deallocate p",
        "discard all",
        "load 'x'",
        "do $$ begin end $$",
        "declare c cursor with hold for select 1",
        "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
        "create temp table a (b int)",
        "create or replace temporary view a as select 1",
        "create local temp table a (b int)",
        "/* a /* b */ select */ set a.b = 1",
        "-- x\nset a.b = 1",
        "\u000b\fset a.b = 1"
      })
  void leavesSomethingBehind(String sql) {
    assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.LINGERING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin",
        "BEGIN isolation level serializable",
        "start transaction",
        "commit",
        "commit and chain",
        "end",
        "abort",
        "rollback",
        "rollback and chain",
        "rollback work",
        "prepare transaction 'x'",
        "commit prepared 'x'",
        "--\rbegin"
      })
  void controlsTheTransaction(String sql) {
    assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.TRANSACTION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain select 1", "EXPLAIN(analyze) select 1", "/**/explain\tselect 1"})
  void tellsEstimates(String sql) {
    assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.EXPLAIN);
  }
}
