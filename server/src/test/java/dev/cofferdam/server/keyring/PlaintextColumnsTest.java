package dev.cofferdam.server.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Also the build's own check: it reads the schema that all migrations make. */
class PlaintextColumnsTest {
  private static TestDatabase database;
  private static JdbcClient app;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.migrated();
    app = JdbcClient.create(database.as(DatabaseRole.APP));
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @AfterEach
  void pullOut() {
    owner().sql("drop table if exists tenancy.planted").update();
  }

  @Test
  void cofferdamsOwnSchemaHasNone() {
    assertThat(PlaintextColumns.ofCofferdam().found(app)).isEmpty();
  }

  @Test
  void everyReviewedColumnIsThereAndWouldBeFound() {
    assertThat(PlaintextColumns.ofCofferdam().suspects(app))
        .as("a line of the list that no column needs is to be removed")
        .containsExactlyInAnyOrderElementsOf(PlaintextColumns.ofCofferdam().reviewed().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password text",
        "client_secret text",
        "refresh_token varchar(80)",
        "token text[]",
        "private_key bytea",
        "api_key text",
        "apikey text",
        "key bytea",
        "signing_key bytea",
        "webhook_secret jsonb",
        "totp_seed text",
        "credentials json",
        "session_cookie text",
        "\"Password\" text",
        "salt char(12)",
      })
  void aColumnFitForASecretStopsTheStart(String column) {
    plant(column);
    assertThatThrownBy(() -> PlaintextColumns.ofCofferdam().check(app))
        .isInstanceOf(KeyringRefusedException.class)
        .hasMessageContaining("tenancy.planted.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password_hash bytea",
        "secret_sealed bytea",
        "private_key_wrapped bytea",
        "key_public bytea",
        "token_id uuid",
        "token_count bigint",
        "secret_name text",
        "secret_expires_at timestamptz",
        "is_secret boolean",
        "monkey text",
        "keyboard text",
      })
  void otherColumnsDoNot(String column) {
    plant(column);
    assertThat(PlaintextColumns.ofCofferdam().found(app)).isEmpty();
  }

  @Test
  void aReviewedColumnMayStand() {
    plant("webhook_secret text");
    PlaintextColumns reviewed =
        new PlaintextColumns(Map.of("tenancy.planted.webhook_secret", "planted by a test"));
    assertThat(reviewed.found(app))
        .isEqualTo(List.of("tenancy.binding_key.inner_pad", "tenancy.binding_key.outer_pad"));
  }

  private void plant(String column) {
    owner().sql("create table tenancy.planted (id uuid, " + column + ")").update();
  }

  private static JdbcClient owner() {
    return JdbcClient.create(database.as(DatabaseRole.OWNER));
  }
}
