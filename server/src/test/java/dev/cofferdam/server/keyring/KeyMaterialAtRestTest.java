package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Copies the whole database to text, as a backup does, and searches it for every key (KEY-03).
 *
 * <p>One key is there in clear, by design: the binding key, as its two pads, which PostgreSQL
 * checks capabilities with. It is listed with its reason in {@code plaintext-columns}.
 */
class KeyMaterialAtRestTest {
  private static final SecretAccess ACCESS = SecretAccess.issue();

  private TestDatabase database;
  private TestKeyring server;
  private JdbcClient superuser;

  @BeforeEach
  void start() {
    database = TestDatabase.migrated();
    server = new TestKeyring(database, TestKeyring.rootKey(), Clock.systemUTC());
    superuser = TestKeyring.superuser(database);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void aCopyOfTheDatabaseContainsNoKey() {
    Map<String, byte[]> secrets = secretsOfTheRoot();
    Scope.OfTenant tenant = TestKeyring.tenant();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      Ring ring = ring(tenant, purpose);
      Scope scope = ring instanceof Ring.OfPlatform ? TestKeyring.PLATFORM : tenant;
      Scopes.call(scope, () -> server.keyring.active(ring)).close();
      secrets.put(purpose.label(), secretOf(ring, scope));
    }

    String copy = copy();

    assertThat(copy).as("the copy has the keys' rows").contains("platform-checkpoint");
    assertThat(secrets).hasSizeGreaterThan(KeyPurpose.values().length);
    secrets.forEach((name, secret) -> assertThat(forms(secret)).as(name).noneMatch(copy::contains));
  }

  @Test
  void aKeyThatIsThereIsFound() {
    byte[] key = server.root.binding(7);
    JdbcClient.create(database.as(DatabaseRole.OWNER))
        .sql("create table tenancy.planted (note bytea)")
        .update();
    superuser.sql("insert into tenancy.planted values (:key)").param("key", key).update();
    assertThat(forms(key)).anyMatch(copy()::contains);
  }

  @Test
  void aDestroyedKeyLeavesTheDatabase() {
    Scope.OfTenant tenant = TestKeyring.tenant();
    Ring ring = new Ring.OfTenant(tenant.tenant(), KeyPurpose.DATA);
    Scopes.call(tenant, () -> server.keyring.active(ring)).close();
    String wrapped = HexFormat.of().formatHex(wrapped(ring, tenant));
    assertThat(copy()).contains(wrapped);
    Scopes.call(tenant, () -> server.keyring.destroyAll(ring));
    assertThat(copy()).as("not even wrapped").doesNotContain(wrapped);
  }

  private Map<String, byte[]> secretsOfTheRoot() {
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      try (SecretBytes wrapping = server.root.derive(Derivation.WRAPPING, purpose.label())) {
        secrets.put("wrapping key of " + purpose, wrapping.lend(ACCESS, byte[]::clone));
      }
    }
    for (DatabaseRole role : DatabaseRole.values()) {
      secrets.put(role.user(), server.root.rolePassword(role.user()).getBytes(US_ASCII));
    }
    return secrets;
  }

  private byte[] secretOf(Ring ring, Scope scope) {
    return Scopes.call(
        scope,
        () ->
            server.transactions.execute(
                status -> {
                  KeyRows.Row row = new KeyRows(server.jdbc).active(ring).orElseThrow();
                  KeyInfo info = row.info();
                  byte[] wrapped = Objects.requireNonNull(row.wrapped());
                  try (SecretBytes secret =
                      server.wrapping.unwrap(
                          ring, info.id(), info.version(), wrapped, row.published())) {
                    byte[] bytes = secret.lend(ACCESS, byte[]::clone);
                    return keyIn(bytes);
                  }
                }));
  }

  /** The 32 secret bytes, without the head that all keys of a kind begin with. */
  private static byte[] keyIn(byte[] stored) {
    int head = stored.length == 32 ? 0 : stored.length == 48 ? 16 : 36;
    return Arrays.copyOfRange(stored, head, head + 32);
  }

  private byte[] wrapped(Ring ring, Scope scope) {
    return Scopes.call(
        scope,
        () ->
            server.transactions.execute(
                status ->
                    Objects.requireNonNull(
                        new KeyRows(server.jdbc).active(ring).orElseThrow().wrapped())));
  }

  /** Every row of every table of ours, as text. */
  private String copy() {
    List<String> tables =
        superuser
            .sql(
                """
                select format('%I.%I', n.nspname, c.relname)
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p', 'm', 'S')
                   and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
                """)
            .query(String.class)
            .list();
    assertThat(tables).contains("keyring.platform_key", "keyring.tenant_key");
    List<String> rows = new ArrayList<>();
    for (String table : tables) {
      rows.addAll(superuser.sql("select t::text from " + table + " t").query(String.class).list());
    }
    return String.join("\n", rows);
  }

  /** The first half of a key in the forms that a text can have it in. */
  private static List<String> forms(byte[] key) {
    byte[] half = Arrays.copyOf(key, key.length / 2);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(half);
    return List.of(
        HexFormat.of().formatHex(half),
        HexFormat.of().withUpperCase().formatHex(half),
        base64.substring(0, base64.length() - 1),
        base64.substring(0, base64.length() - 1).replace('+', '-').replace('/', '_'),
        new String(half, ISO_8859_1));
  }

  private static Ring ring(Scope.OfTenant tenant, KeyPurpose purpose) {
    return switch (purpose.holder()) {
      case PLATFORM -> new Ring.OfPlatform(purpose);
      case TENANT -> new Ring.OfTenant(tenant.tenant(), purpose);
      case SUBJECT -> new Ring.OfSubject(tenant.tenant(), UUID.randomUUID(), purpose);
    };
  }
}
