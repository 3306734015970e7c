package dev.cofferdam.server.tenancy.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.tenancy.BindingEpochs;
import dev.cofferdam.server.tenancy.BindingKeys;
import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.RolePasswords;
import java.util.Arrays;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

class TenancyConfigurationTest {
  private final TestDatabase database = TestDatabase.installed();

  @AfterEach
  void drop() {
    database.close();
  }

  private ApplicationContextRunner server() {
    return new ApplicationContextRunner()
        .withUserConfiguration(TenancyConfiguration.class)
        .withBean(RolePasswords.class, TestDatabase::passwords)
        .withBean(
            BindingKeys.class,
            () ->
                epoch -> {
                  byte[] key = new byte[32];
                  Arrays.fill(key, (byte) epoch);
                  return key;
                })
        .withPropertyValues("cofferdam.database.url=" + database.url());
  }

  @Test
  void aServerStartsOnAnEmptyDatabaseAndIsReady() {
    server()
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(DatabaseHealth.class).health().getStatus())
                  .isEqualTo(Status.UP);
              assertThat(
                      context
                          .getBean(JdbcClient.class)
                          .sql("select current_user")
                          .query(String.class)
                          .single())
                  .isEqualTo("cofferdam_app");
              assertThat(context.getBeansOfType(DataSource.class)).hasSize(2);
            });
  }

  @Test
  void twoServersServeFromOneDatabase() {
    server()
        .run(
            first ->
                server()
                    .run(
                        second -> {
                          first.getBean(BindingEpochs.class).rotate();
                          second.getBean(BindingEpochs.class).follow();
                          assertThat(first.getBean(DatabaseHealth.class).health().getStatus())
                              .isEqualTo(Status.UP);
                          assertThat(second.getBean(DatabaseHealth.class).health().getStatus())
                              .isEqualTo(Status.UP);
                        }));
  }

  @Test
  void aServerThatMayNotMigrateRefusesAnEmptyDatabase() {
    server()
        .withPropertyValues("cofferdam.database.migrate=false")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasRootCauseInstanceOf(DatabaseRefusedException.class)
                    .rootCause()
                    .hasMessageContaining("is behind"));
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    server()
        .withPropertyValues(
            "cofferdam.database.url=" + database.url().replace(database.name(), "nowhere"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("There is no database `127.0.0.1:")
                    .hasStackTraceContaining("/nowhere`"));
  }

  @Test
  void aWrongPasswordIsNamed() {
    server()
        .withBean(
            "others",
            RolePasswords.class,
            () -> role -> "wrong".toCharArray(),
            d -> d.setPrimary(true))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("refuses the password of cofferdam_owner"));
  }
}
