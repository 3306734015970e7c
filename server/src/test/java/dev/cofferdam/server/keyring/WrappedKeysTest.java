package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody can do who writes the database at will and lacks the root key (KEY-05). */
class WrappedKeysTest {
  private static TestDatabase database;
  private static TestKeyring server;
  private static JdbcClient superuser;

  private Scope.OfTenant tenant;
  private Ring data;
  private KeyInfo key;

  @BeforeAll
  static void start() {
    database = TestDatabase.migrated();
    server = new TestKeyring(database, TestKeyring.rootKey(), Clock.systemUTC());
    superuser = TestKeyring.superuser(database);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void makeKey() {
    tenant = TestKeyring.tenant();
    data = new Ring.OfTenant(tenant.tenant(), KeyPurpose.DATA);
    key = made(tenant, data);
  }

  @Test
  void anotherTenantsKeyDoesNotOpen() {
    Scope.OfTenant other = TestKeyring.tenant();
    Ring foreign = new Ring.OfTenant(other.tenant(), KeyPurpose.DATA);
    made(other, foreign);
    copyInto("tenant_id = '" + tenant.tenant() + "'", "tenant_id = '" + other.tenant() + "'");
    assertUnreadable(other, foreign);
  }

  @Test
  void aWholeRowOfAnotherTenantDoesNotOpen() {
    Scope.OfTenant other = TestKeyring.tenant();
    change("tenant_id = '" + other.tenant() + "', holder_id = '" + other.tenant() + "'");
    assertUnreadable(other, new Ring.OfTenant(other.tenant(), KeyPurpose.DATA));
  }

  @Test
  void anotherPurposesKeyDoesNotOpen() {
    change("purpose = 'column'");
    assertUnreadable(tenant, new Ring.OfTenant(tenant.tenant(), KeyPurpose.COLUMN));
  }

  @Test
  void anotherSubjectsKeyDoesNotOpen() {
    UUID one = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    made(tenant, new Ring.OfSubject(tenant.tenant(), one, KeyPurpose.SUBJECT));
    superuser
        .sql("update keyring.tenant_key set holder_id = :other where holder_id = :one")
        .param("one", one)
        .param("other", other)
        .update();
    assertUnreadable(tenant, new Ring.OfSubject(tenant.tenant(), other, KeyPurpose.SUBJECT));
  }

  @Test
  void anotherVersionDoesNotOpen() {
    change("version = 9");
    assertUnreadable(tenant, data);
  }

  @Test
  void aRenamedKeyDoesNotOpen() {
    change("key_id = gen_random_uuid()");
    assertUnreadable(tenant, data);
  }

  @Test
  void anAlteredKeyDoesNotOpen() {
    change("key_wrapped = set_byte(key_wrapped, 20, get_byte(key_wrapped, 20) # 1)");
    assertUnreadable(tenant, data);
  }

  @Test
  void aReplacedPublicKeyIsNoticed() {
    Ring events = new Ring.OfTenant(tenant.tenant(), KeyPurpose.EVENT);
    made(tenant, events);
    superuser
        .sql(
            "update keyring.tenant_key set key_public = set_byte(key_public, 20, 7)"
                + " where tenant_id = :tenant and purpose = 'event'")
        .param("tenant", tenant.tenant().value())
        .update();
    assertUnreadable(tenant, events);
  }

  @Test
  void theKeysOfAnotherRootKeyDoNotOpen() {
    try (Wrapping other = new Wrapping(TestKeyring.rootKey())) {
      Keyring foreign =
          new Keyring(
              server.jdbc, server.transactions, other, event -> {}, Clock.systemUTC(), List.of());
      assertThatThrownBy(() -> Scopes.call(tenant, () -> foreign.active(data)))
          .isInstanceOf(UnreadableKeyException.class);
    }
  }

  /** The application's role, too, can undo nothing: not even with SQL of an attacker's choice. */
  @Test
  void theDatabaseLetsNoKeyComeBack() {
    Scopes.call(tenant, () -> server.keyring.rotate(data, 1));
    assertRefused("update keyring.tenant_key set state = 'active' where version = 1");
    Scopes.call(tenant, () -> server.keyring.destroy(data, 1));
    assertRefused(
        "update keyring.tenant_key set state = 'retired', key_wrapped = '\\x00' where version = 1");
    assertRefused("update keyring.tenant_key set version = 7 where version = 1");
    assertRefused("update keyring.tenant_key set key_public = '\\x00'");
    assertRefused("delete from keyring.tenant_key");
    assertThat(Scopes.call(tenant, () -> server.keyring.list(data)))
        .extracting(KeyInfo::state)
        .containsExactly(KeyState.ACTIVE, KeyState.DESTROYED);
  }

  @Test
  void anEncryptedColumnOpensInItsOwnPlaceOnly() {
    ColumnCipher cipher = new ColumnCipher(server.keyring);
    ColumnCipher.Cell cell =
        new ColumnCipher.Cell("identity.idp.secret_sealed", UUID.randomUUID(), 3);
    byte[] sealed = Scopes.call(tenant, () -> cipher.seal(cell, "s3cret".getBytes(UTF_8)));

    assertThat(opens(cipher, tenant, cell, sealed)).isTrue();
    assertThat(opens(cipher, TestKeyring.tenant(), cell, sealed)).as("tenant").isFalse();
    assertThat(opens(cipher, TestKeyring.PLATFORM, cell, sealed)).as("platform").isFalse();
    assertThat(
            opens(
                cipher,
                tenant,
                new ColumnCipher.Cell("identity.idp.other_sealed", cell.row(), 3),
                sealed))
        .as("column")
        .isFalse();
    assertThat(
            opens(
                cipher, tenant, new ColumnCipher.Cell(cell.column(), UUID.randomUUID(), 3), sealed))
        .as("row")
        .isFalse();
    assertThat(opens(cipher, tenant, new ColumnCipher.Cell(cell.column(), cell.row(), 4), sealed))
        .as("version")
        .isFalse();
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThat(opens(cipher, tenant, cell, altered)).as("byte " + i).isFalse();
    }
  }

  private static boolean opens(
      ColumnCipher cipher, Scope scope, ColumnCipher.Cell cell, byte[] sealed) {
    return Scopes.call(
        scope,
        () ->
            switch (cipher.open(cell, sealed)) {
              case Opening.Opened opened -> opened.plaintext().matches("s3cret".getBytes(UTF_8));
              case Opening.Refused refused -> false;
            });
  }

  private static KeyInfo made(Scope scope, Ring ring) {
    try (RingKey made = Scopes.call(scope, () -> server.keyring.active(ring))) {
      return made.info();
    }
  }

  /** Alters this test's own key, past every right and trigger that can be passed. */
  private void change(String assignment) {
    assertThat(
            superuser
                .sql("update keyring.tenant_key set " + assignment + " where key_id = :id")
                .param("id", key.id().value())
                .update())
        .isOne();
  }

  private static void copyInto(String from, String to) {
    assertThat(
            superuser
                .sql(
                    "update keyring.tenant_key set key_wrapped ="
                        + " (select key_wrapped from keyring.tenant_key where "
                        + from
                        + ") where "
                        + to)
                .update())
        .isOne();
  }

  private static void assertUnreadable(Scope scope, Ring ring) {
    assertThatThrownBy(() -> Scopes.call(scope, () -> server.keyring.active(ring)))
        .isInstanceOf(UnreadableKeyException.class);
  }

  private void assertRefused(String sql) {
    assertThatThrownBy(
            () ->
                Scopes.call(
                    tenant,
                    () -> server.transactions.execute(status -> server.jdbc.sql(sql).update())))
        .isInstanceOf(DataAccessException.class);
  }
}
