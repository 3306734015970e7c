package dev.cofferdam.server.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.tenancy.database.TestServer;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The module as a server puts it together, on the pools that a server has. */
class KeyringConfigurationTest {
  private final TestDatabase database = TestDatabase.migratedWithLedger();
  private final TestServer server = new TestServer(database);
  private final RootKey root = TestKeyring.rootKey();

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void aServerStartsTwiceOnItsRootKeyAndNeverOnAnother() {
    Scope.OfTenant tenant = TestKeyring.tenant();
    Ring ring = new Ring.OfTenant(tenant.tenant(), KeyPurpose.DATA);
    KeyId made;
    try (var first = started(root)) {
      made = id(first, ring, tenant);
    }
    try (var second = started(root)) {
      assertThat(id(second, ring, tenant)).isEqualTo(made);
    }
    assertThatThrownBy(() -> started(TestKeyring.rootKey()))
        .hasRootCauseInstanceOf(KeyringRefusedException.class);
  }

  private static KeyId id(
      AnnotationConfigApplicationContext context, Ring ring, Scope.OfTenant tenant) {
    Keyring keyring = context.getBean(Keyring.class);
    try (RingKey key = Scopes.call(tenant, () -> keyring.active(ring))) {
      return key.info().id();
    }
  }

  private AnnotationConfigApplicationContext started(RootKey key) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(
        RootKey.class, () -> key, definition -> definition.setDestroyMethodName(""));
    context.registerBean(JdbcClient.class, () -> server.app);
    context.registerBean(TransactionOperations.class, () -> server.appTransaction);
    context.registerBean(Clock.class, Clock::systemUTC);
    context.register(KeyringConfiguration.class);
    context.refresh();
    return context;
  }
}
