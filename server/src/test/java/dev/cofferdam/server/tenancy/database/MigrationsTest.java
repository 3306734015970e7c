package dev.cofferdam.server.tenancy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRole;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigrationsTest {
  private final TestDatabase database = TestDatabase.installed();
  private final Migrations migrations =
      new Migrations(database.as(DatabaseRole.OWNER), TableList.ofCofferdam());
  private final JdbcClient superuser = JdbcClient.create(database.superuser());

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void anEmptyDatabaseIsBehindAndMigratesToTheVersionBuiltWith() {
    assertThatThrownBy(migrations::verify)
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("is behind: this server was built with version")
        .hasMessageContaining("and found 0");
    migrations.migrate();
    migrations.verify();
  }

  @Test
  void aDatabaseOfANewerServerIsRefused() {
    migrations.migrate();
    superuser
        .sql(
            """
            insert into tenancy.schema_history
            select installed_rank + 100, '999', description, type, 'V999__later.sql', checksum, installed_by,
                   installed_on, execution_time, success
              from tenancy.schema_history where version = '1'
            """)
        .update();
    assertThatThrownBy(migrations::verify)
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("is ahead: this server was built with version")
        .hasMessageContaining("found 999");
    assertThatThrownBy(migrations::migrate).hasMessageContaining("is ahead");
  }

  @Test
  void aMigrationEditedAfterwardsIsRefused() {
    migrations.migrate();
    superuser.sql("update tenancy.schema_history set checksum = 4711 where version = '1'").update();
    assertThatThrownBy(migrations::verify)
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("`V1__binding.sql` of schema `tenancy` was edited")
        .hasMessageContaining("the database 4711");
    assertThatThrownBy(migrations::migrate).hasMessageContaining("was edited");
  }

  @Test
  void aMigrationThatStoppedHalfWayIsRefused() {
    migrations.migrate();
    superuser.sql("update tenancy.schema_history set success = false where version = '1'").update();
    assertThatThrownBy(migrations::verify)
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("stopped half way through migration `1`");
    assertThatThrownBy(migrations::migrate).hasMessageContaining("stopped half way");
  }

  @Test
  void ofServersThatMigrateAtOnceOneDoesAndTheOthersWait() throws Exception {
    try (ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var server :
          servers.invokeAll(
              IntStream.range(0, 4)
                  .<Callable<Void>>mapToObj(
                      any ->
                          () -> {
                            new Migrations(database.as(DatabaseRole.OWNER), TableList.ofCofferdam())
                                .migrate();
                            return null;
                          })
                  .toList())) {
        server.get();
      }
    }
    migrations.verify();
    assertThat(
            superuser
                .sql("select count(*) from tenancy.schema_history where version = '1'")
                .query(Integer.class)
                .single())
        .isOne();
  }
}
