package dev.cofferdam.server.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantCreation;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.tenancy.database.TestServer;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys of a tenant with a schema of its own, through the pools that a server has. */
class PlacedKeysTest {
  private final TestDatabase database = TestDatabase.migratedWithLedger();
  private final TestServer server = new TestServer(database);
  private final Wrapping wrapping = new Wrapping(TestKeyring.rootKey());
  private final Keyring keyring =
      new Keyring(
          server.app, server.appTransaction, wrapping, event -> {}, Clock.systemUTC(), List.of());

  @AfterEach
  void stop() {
    wrapping.close();
    server.close();
    database.close();
  }

  @Test
  void theyLiveInItsSchemaAndNowhereElse() {
    TenantId id = new TenantId(UUID.randomUUID());
    assertThat(server.tenants.create(id, "placed", "Placed", WantedPlacement.SCHEMA))
        .isInstanceOf(TenantCreation.Created.class);
    Scope own = new Scope.OfTenant(id, new Placement.OwnSchema(id));
    Ring ring = new Ring.OfTenant(id, KeyPurpose.DATA);

    KeyId made;
    try (RingKey key = Scopes.call(own, () -> keyring.active(ring))) {
      made = key.info().id();
    }
    Scopes.call(own, () -> keyring.rotate(ring, 1));

    try (RingKey found = Scopes.call(own, () -> keyring.find(ring, made).orElseThrow())) {
      assertThat(found.info().state()).isEqualTo(KeyState.VERIFYING_ONLY);
    }
    assertThat(count("keyring")).isZero();
    assertThat(count(new Placement.OwnSchema(id).schemaOf("keyring"))).isEqualTo(2);
    Scope shared = new Scope.OfTenant(id, new Placement.Shared());
    assertThat(Scopes.call(shared, () -> keyring.list(ring)))
        .as("no fall-through from one place to the other")
        .isEmpty();
  }

  @Test
  void aPlaceThatIsMissingIsAnError() {
    TenantId id = new TenantId(UUID.randomUUID());
    Scope nowhere = new Scope.OfTenant(id, new Placement.OwnSchema(id));
    Ring ring = new Ring.OfTenant(id, KeyPurpose.DATA);
    assertThatThrownBy(() -> Scopes.call(nowhere, () -> keyring.active(ring)))
        .hasStackTraceContaining("does not exist");
  }

  private long count(String schema) {
    return JdbcClient.create(database.superuser())
        .sql("select count(*) from " + schema + ".tenant_key")
        .query(Long.class)
        .single();
  }
}
