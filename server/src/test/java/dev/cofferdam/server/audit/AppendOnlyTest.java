package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.Capabilities;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.testing.RunningServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses, whoever asks. Everything is rolled back. */
class AppendOnlyTest {
  private static final List<String> TABLES =
      List.of(
          "closed",
          "head",
          "leaf",
          "node",
          "personal",
          "platform_head",
          "platform_leaf",
          "platform_node");

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();

  static Stream<String> changes() {
    return Stream.concat(
        TABLES.stream()
            .flatMap(
                table ->
                    Stream.of(
                        "delete from audit." + table,
                        "truncate audit." + table,
                        "drop table audit." + table + " cascade",
                        "drop trigger append_only on audit." + table,
                        "alter table audit." + table + " disable trigger append_only",
                        "alter table audit." + table + " disable trigger all",
                        "alter trigger append_only on audit." + table + " rename to other",
                        "alter table audit." + table + " enable replica trigger append_only")),
        Stream.of(
            "update audit.leaf set record = ''",
            "update audit.node set node_hash = ''",
            "update audit.personal set data_sealed = ''",
            "update audit.platform_leaf set leaf_hash = ''",
            "update audit.platform_node set node_index = 1",
            "insert into audit.leaf select * from audit.leaf on conflict (tenant_id, leaf_index)"
                + " do update set record = ''",
            "merge into audit.leaf l using audit.leaf m on l.record_id = m.record_id"
                + " when matched then delete",
            "update audit.head set size = 1",
            "update audit.head set origin = 'other', size = size + 1",
            "update audit.outbox set record = ''",
            "truncate audit.outbox",
            "alter table audit.leaf drop column record",
            "alter table audit.leaf alter column record type text using 'x'",
            "alter table audit.leaf alter column leaf_index type numeric",
            "drop schema audit cascade",
            "drop owned by cofferdam_owner cascade"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void theOwnerCannotChangeWhatStands(String change) throws SQLException {
    try (Connection owner = bound(DatabaseRole.OWNER);
        Statement statement = owner.createStatement()) {
      assertThatThrownBy(() -> statement.execute(change))
          .isInstanceOfSatisfying(
              SQLException.class,
              refused ->
                  assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("0A000"));
      owner.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop event trigger append_only_dropped",
        "alter event trigger append_only_altered disable",
        "alter event trigger append_only_rewritten disable",
        "create or replace function public.append_only() returns trigger language plpgsql as 'begin"
            + " return null; end'",
        "drop function public.append_only() cascade",
        "drop function public.append_only_dropped() cascade",
        "drop schema public cascade",
        "set session_replication_role = replica",
        "set event_triggers = off"
      })
  void theGuardIsTheSuperusers(String change) throws SQLException {
    try (Connection owner = bound(DatabaseRole.OWNER);
        Statement statement = owner.createStatement()) {
      assertThatThrownBy(() -> statement.execute(change))
          .isInstanceOfSatisfying(
              SQLException.class,
              refused ->
                  assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("42501"));
      owner.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit.leaf set record = ''",
        "delete from audit.leaf",
        "insert into audit.leaf select * from audit.leaf",
        "delete from audit.head",
        "delete from audit.personal",
        "select from audit.outbox",
        "truncate audit.leaf",
        "drop table audit.leaf",
        "select"
            + " audit.append(null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null)",
        "select audit.standing(null,null)"
      })
  void theApplicationHasNoRightToTry(String change) throws SQLException {
    try (Connection app = bound(DatabaseRole.APP);
        Statement statement = app.createStatement()) {
      assertThatThrownBy(() -> statement.execute(change))
          .isInstanceOfSatisfying(
              SQLException.class,
              refused ->
                  assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("42501"));
      app.rollback();
    }
  }

  @Test
  void aRecordLeavesTheOutboxForItsLeafAlone() throws SQLException {
    try (Connection owner = bound(DatabaseRole.OWNER);
        Statement statement = owner.createStatement()) {
      statement.execute(
          "select audit.record('%s', '%s', 'a record')"
              .formatted(tenant.tenant(), UUID.randomUUID()));
      assertThatThrownBy(() -> statement.execute("delete from audit.outbox"))
          .hasMessageContaining("when its leaf stands");
      owner.rollback();
    }
  }

  @Test
  void aMigrationMayStillAdd() throws SQLException {
    try (Connection owner = bound(DatabaseRole.OWNER);
        Statement statement = owner.createStatement()) {
      assertThatCode(
              () -> {
                statement.execute("alter table audit.leaf add column note text");
                statement.execute("create index more on audit.leaf (tenant_id, note)");
                statement.execute("drop index audit.more");
              })
          .doesNotThrowAnyException();
      owner.rollback();
    }
  }

  /** A transaction of that role, bound as the server binds it. */
  private Connection bound(DatabaseRole role) throws SQLException {
    Connection connection = SERVER.database().as(role).getConnection();
    connection.setAutoCommit(false);
    String scope = role == DatabaseRole.APP ? tenant.carried() : "x_audit";
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '5s'");
      byte[] capability = SERVER.bean(Capabilities.class).capability(scope);
      statement.execute("select tenancy.bind('\\x" + HexFormat.of().formatHex(capability) + "')");
    }
    return connection;
  }
}
