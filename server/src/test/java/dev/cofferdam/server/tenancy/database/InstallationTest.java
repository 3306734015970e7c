package dev.cofferdam.server.tenancy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRole;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class InstallationTest {
  @Test
  void installingAgainChangesNothingAndRepairsWhatDiffers() {
    try (TestDatabase database = TestDatabase.installed()) {
      JdbcClient superuser = JdbcClient.create(database.superuser());
      String before = rights(superuser);
      superuser
          .sql("grant execute on function pg_catalog.pg_sleep(double precision) to public")
          .update();
      superuser.sql("grant create on schema public to cofferdam_app").update();
      assertThat(rights(superuser)).isNotEqualTo(before);
      new Installation(TestDatabase.superuser("postgres"), database.name())
          .install(TestDatabase.passwords());
      assertThat(rights(superuser)).isEqualTo(before);
    }
  }

  @Test
  void aDatabaseWithTheLocaleOfTheHostIsRefused() {
    try (TestDatabase database = TestDatabase.named()) {
      JdbcClient.create(TestDatabase.superuser("postgres"))
          .sql(
              "create database "
                  + database.name()
                  + " template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'")
          .update();
      Installation installation =
          new Installation(TestDatabase.superuser("postgres"), database.name());
      assertThatThrownBy(() -> installation.install(TestDatabase.passwords()))
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining("another encoding or locale");
    }
  }

  @Test
  void whoIsNoSuperuserIsToldOfTheScript() {
    try (TestDatabase database = TestDatabase.installed()) {
      Installation installation =
          new Installation((PGSimpleDataSource) database.as(DatabaseRole.OWNER), database.name());
      assertThatThrownBy(() -> installation.install(TestDatabase.passwords()))
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining("`cofferdam_owner` is none")
          .hasMessageContaining("print-install");
    }
  }

  @Test
  void aNameThatWouldNeedQuotingIsRefused() {
    assertThatThrownBy(() -> Installation.script("x; drop"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Everything granted, as one text. */
  private static String rights(JdbcClient superuser) {
    return superuser
        .sql(
            """
            select string_agg(line, e'\\n' order by line) from (
              select 'function ' || oid::regprocedure || coalesce(acl.line, '') as line
                from pg_proc, lateral (select string_agg(a::text, ',' order by a::text) as line from unnest(proacl) a) acl
              union all
              select 'relation ' || oid::regclass || acl.line
                from pg_class, lateral (select string_agg(a::text, ',' order by a::text) as line from unnest(relacl) a) acl
               where acl.line is not null
              union all
              select 'schema ' || nspname || acl.line
                from pg_namespace, lateral (select string_agg(a::text, ',' order by a::text) as line from unnest(nspacl) a) acl
               where acl.line is not null) lines
            """)
        .query(String.class)
        .single();
  }
}
