package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.keyring.KeyringRefusedException;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.launch.settings.SettingsEnvironment;
import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class FoundationTest {
  @TempDir Path folder;

  @Test
  void underAnotherRootKeyNoPasswordIsChanged() {
    RootKey.open(folder.resolve("root.key"), RootKey.IfAbsent.CREATE).close();
    try (TestDatabase database = TestDatabase.migrated()) {
      JdbcClient superuser = JdbcClient.create(database.superuser());
      superuser
          .sql("insert into keyring.root_key (root_key_id, recorded_at) values (:id, now())")
          .param("id", "0123456789abcdef")
          .update();
      List<String> before = verifiers(superuser);

      assertThatThrownBy(
              () ->
                  Foundation.install(
                      settings(), TestDatabase.superuser("postgres"), database.name(), line -> {}))
          .isInstanceOf(KeyringRefusedException.class)
          .hasMessageContaining("this database belongs to `0123456789abcdef`");

      assertThat(verifiers(superuser)).hasSize(3).isEqualTo(before);
    }
  }

  @Test
  void noRootKeyIsMadeBesideADatabaseThatExists() {
    try (TestDatabase database = TestDatabase.installed()) {
      assertThatThrownBy(
              () ->
                  Foundation.install(
                      settings(), TestDatabase.superuser("postgres"), database.name(), line -> {}))
          .isInstanceOf(KeyringRefusedException.class)
          .hasMessageContaining("Restore it from its backup");
      assertThat(Files.exists(folder.resolve("root.key"))).isFalse();
    }
  }

  @Test
  void whatStandsBeforeTheFrameworkStandsWhenThatHasStopped() {
    try (Foundation foundation = Foundation.embedded(settings(), line -> {})) {
      String id = foundation.rootKey().id();
      try (GenericApplicationContext framework = new GenericApplicationContext()) {
        foundation.lendTo(framework);
        framework.refresh();
        assertThat(framework.getBean(RootKey.class).id()).isEqualTo(id);
        assertThat(framework.getBean(EmbeddedPostgres.class)).isNotNull();
      }

      assertThat(EmbeddedPostgres.running(settings().embeddedPostgres())).isPresent();
      assertThat(foundation.rootKey().id()).isEqualTo(id);
    }
    assertThat(EmbeddedPostgres.running(settings().embeddedPostgres())).isEmpty();
  }

  private StartSettings settings() {
    return StartSettings.of(
        SettingsEnvironment.of(null, Map.of("cofferdam.data", folder.toString())));
  }

  private static List<String> verifiers(JdbcClient superuser) {
    return superuser
        .sql("select rolpassword from pg_authid where rolname like 'cofferdam%' order by rolname")
        .query(String.class)
        .list();
  }
}
