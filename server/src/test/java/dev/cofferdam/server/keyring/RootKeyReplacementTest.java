package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.server.keyring.RootKeyReplacement.Done;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class RootKeyReplacementTest {
  private static final byte[] AAD = "here".getBytes(UTF_8);
  private static final byte[] PLAINTEXT = "the combination is 12345".getBytes(UTF_8);
  private static final int TENANTS = 12;

  private final TestDatabase database = TestDatabase.migrated();
  private final RootKey old = TestKeyring.rootKey();
  private final RootKey next = TestKeyring.rootKey();
  private final TestKeyring server = new TestKeyring(database, old, Clock.systemUTC());
  private final Map<Ring, byte[]> sealed = new LinkedHashMap<>();
  private final Map<Ring, Scope> scopes = new LinkedHashMap<>();

  /** Lets so many transactions happen, and then none. */
  private final class Owner implements RootKeyReplacement.Owner {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private int left;

    Owner(int transactions) {
      DataSource owner = database.as(DatabaseRole.OWNER);
      this.jdbc = JdbcClient.create(owner);
      this.transactions = new TransactionTemplate(new DataSourceTransactionManager(owner));
      this.left = transactions;
    }

    @Override
    public <T> T transaction(Function<JdbcClient, T> work) {
      if (left-- == 0) {
        throw new IllegalStateException("killed");
      }
      return java.util.Objects.requireNonNull(
          transactions.execute(
              status -> {
                jdbc.sql("set local backtrace_functions = 'x_migrate'").update();
                return work.apply(jdbc);
              }));
    }
  }

  @BeforeEach
  void seal() {
    check(server, old);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose.holder() == KeyPurpose.Holder.PLATFORM) {
        make(new Ring.OfPlatform(purpose), TestKeyring.PLATFORM);
      }
    }
    for (int n = 0; n < TENANTS; n++) {
      Scope.OfTenant tenant = TestKeyring.tenant();
      make(new Ring.OfTenant(tenant.tenant(), KeyPurpose.DATA), tenant);
      make(new Ring.OfTenant(tenant.tenant(), KeyPurpose.CHECKPOINT), tenant);
      make(new Ring.OfSubject(tenant.tenant(), UUID.randomUUID(), KeyPurpose.SUBJECT), tenant);
    }
  }

  @AfterEach
  void drop() {
    old.close();
    next.close();
    database.close();
  }

  private void make(Ring ring, Scope scope) {
    scopes.put(ring, scope);
    try (RingKey key = Scopes.call(scope, () -> server.keyring.active(ring))) {
      if (ring.purpose().kind() == KeyKind.ENCRYPTION) {
        sealed.put(ring, key.seal(AAD, PLAINTEXT.clone()));
      }
    }
  }

  private static void check(TestKeyring server, RootKey root) {
    KeyringStart.check(
        CryptoProvider.best(),
        root.id(),
        new RootKeyRecord(server.jdbc, server.transactions, Clock.systemUTC()),
        server.jdbc);
  }

  private RootKeyReplacement replacement(int transactions) {
    return new RootKeyReplacement(new Owner(transactions), old, next, Clock.systemUTC(), 10);
  }

  private Done replaced() {
    return replacement(Integer.MAX_VALUE).run(done -> {});
  }

  private void assertNothingOpensUnder(RootKey root) {
    TestKeyring bound = new TestKeyring(database, next, Clock.systemUTC());
    try (Wrapping wrapping = new Wrapping(root)) {
      Keyring blind =
          new Keyring(
              bound.jdbc, bound.transactions, wrapping, event -> {}, Clock.systemUTC(), List.of());
      scopes.forEach(
          (ring, scope) ->
              assertThatThrownBy(() -> Scopes.call(scope, () -> blind.active(ring)))
                  .isInstanceOf(UnreadableKeyException.class));
    }
  }

  private void assertAllOpens() {
    TestKeyring later = new TestKeyring(database, next, Clock.systemUTC());
    check(later, next);
    scopes.forEach(
        (ring, scope) -> {
          try (RingKey key = Scopes.call(scope, () -> later.keyring.active(ring))) {
            byte[] bytes = sealed.get(ring);
            if (bytes != null) {
              assertThat(
                      key.open(AAD, bytes) instanceof Opening.Opened opened
                          && opened.plaintext().matches(PLAINTEXT))
                  .isTrue();
            }
          }
        });
  }

  @Test
  void allThereIsOpensUnderTheNextOneAndNothingUnderTheOld() {
    Done done = replaced();

    assertThat(done).isEqualTo(new Done(scopes.size(), 0));
    assertAllOpens();
    assertNothingOpensUnder(old);
    assertThatThrownBy(() -> check(new TestKeyring(database, next, Clock.systemUTC()), old))
        .isInstanceOf(KeyringRefusedException.class)
        .hasMessageContaining(next.id());
  }

  @Test
  void whereverItIsCutOffItIsGoneOnWithAndNothingRunsMeanwhile() {
    int cuts = 0;
    // The first transaction begins it; those behind re-wrap, and the last ends it.
    for (int transactions = 1; ; transactions++) {
      try {
        replacement(transactions).run(done -> {});
        break;
      } catch (IllegalStateException killed) {
        cuts++;
        assertThat(killed).hasMessage("killed");
        assertThatThrownBy(() -> Scopes.run(TestKeyring.PLATFORM, this::look))
            .as("a server that still runs")
            .isNotNull();
        RootKey either = cuts % 2 == 0 ? old : next;
        assertThatThrownBy(
                () -> {
                  unbound();
                  check(new TestKeyring(database, either, Clock.systemUTC()), either);
                })
            .isInstanceOf(KeyringRefusedException.class)
            .hasMessageContaining(old.id())
            .hasMessageContaining(next.id())
            .hasMessageContaining("rootkey replace");
      }
    }

    assertThat(cuts).isGreaterThan(4);
    unbound();
    assertAllOpens();
    assertNothingOpensUnder(old);
  }

  private void look() {
    server.transactions.executeWithoutResult(
        status ->
            server.jdbc.sql("select count(*) from keyring.platform_key").query().listOfRows());
  }

  /** As a start with another root key does after the first was fenced off. */
  private void unbound() {
    TestKeyring.superuser(database).sql("delete from tenancy.binding_key").update();
  }

  @Test
  void aKeyThatWasAlteredIsLostAndNamedByItsNumber() {
    TestKeyring.superuser(database)
        .sql(
            "update keyring.platform_key set key_wrapped = key_wrapped || '\\x00' where purpose = 'cursor'")
        .update();

    assertThat(replaced()).isEqualTo(new Done(scopes.size() - 1, 1));
    scopes.remove(new Ring.OfPlatform(KeyPurpose.CURSOR));
    sealed.remove(new Ring.OfPlatform(KeyPurpose.CURSOR));
    assertAllOpens();
  }

  @Test
  void onlyOneTakesItsPlaceAndNoneComesBack() {
    assertThatThrownBy(() -> replacement(1).run(done -> {})).hasMessage("killed");
    try (RootKey third = TestKeyring.rootKey()) {
      assertRefused(old, third, "go on with that one");
      assertRefused(third, next, "belongs to");
      replaced();
      assertRefused(old, next, "already");
      assertRefused(old, third, "belongs to");
      new RootKeyReplacement(new Owner(Integer.MAX_VALUE), next, third, Clock.systemUTC())
          .run(done -> {});
      assertRefused(third, next, "before");
    }
  }

  private void assertRefused(RootKey from, RootKey to, String words) {
    assertThatThrownBy(
            () ->
                new RootKeyReplacement(new Owner(Integer.MAX_VALUE), from, to, Clock.systemUTC())
                    .run(done -> {}))
        .isInstanceOf(KeyringRefusedException.class)
        .hasMessageContaining(words);
  }

  @Test
  void itIsHandedOverToBeRecordedOnce() {
    replaced();
    TestKeyring later = new TestKeyring(database, next, Clock.systemUTC());
    RootKeyReplacements replacements =
        new RootKeyReplacements(later.jdbc, later.transactions, Clock.systemUTC());
    List<RootKeyReplaced> told = new ArrayList<>();

    assertThatThrownBy(
            () ->
                replacements.record(
                    replaced -> {
                      throw new IllegalStateException("the log is away");
                    }))
        .hasMessage("the log is away");
    replacements.record(told::add);
    replacements.record(told::add);

    assertThat(told)
        .singleElement()
        .satisfies(
            replaced -> {
              assertThat(replaced.oldId()).isEqualTo(old.id());
              assertThat(replaced.newId()).isEqualTo(next.id());
              assertThat(replaced.rewrapped()).isEqualTo(scopes.size());
            });
  }

  @Test
  void theKeysOfATenantWithASchemaOfItsOwnAreAmongThem() {
    Scope.OfTenant shared = TestKeyring.tenant();
    Scope.OfTenant placed =
        new Scope.OfTenant(shared.tenant(), new Placement.OwnSchema(shared.tenant()));
    String schema = placed.placement().schemaOf("keyring");
    JdbcClient superuser = TestKeyring.superuser(database);
    superuser.sql("create schema " + schema).update();
    superuser
        .sql("create table %s.tenant_key (like keyring.tenant_key including all)".formatted(schema))
        .update();
    superuser.sql("alter table %s.tenant_key owner to cofferdam_owner".formatted(schema)).update();
    superuser
        .sql("grant usage on schema %s to cofferdam_app, cofferdam_owner".formatted(schema))
        .update();
    superuser
        .sql("grant select, insert on %s.tenant_key to cofferdam_app".formatted(schema))
        .update();
    make(new Ring.OfTenant(placed.tenant(), KeyPurpose.COLUMN), placed);

    assertThat(replaced()).isEqualTo(new Done(scopes.size(), 0));
    assertAllOpens();
  }
}
