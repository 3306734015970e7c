package dev.cofferdam.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.RunningServer;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * When the key of a log is looked for. The clock stands still: nothing is tried again by itself.
 */
class CheckpointKeysTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Semaphore looked = new Semaphore(0);
  private final CheckpointKeys keys =
      new CheckpointKeys(
          SERVER.bean(Keyring.class),
          SERVER.bean(TenantGate.class),
          new MovableClock(Instant.now()),
          looked::release);
  private final TenantId tenant = new TenantId(UUID.randomUUID());
  private final LogId log = new LogId.OfTenant(tenant);

  @AfterEach
  void close() {
    keys.close();
  }

  private boolean isReadyAfterALook() throws InterruptedException {
    assertThat(keys.ready(log, "cofferdam")).isEmpty();
    assertThat(looked.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    keys.settle();
    return keys.isOpen(log);
  }

  @Test
  void aLogIsLookedAtAgainWhenItsTenantHasAPlaceAndNotOnlyAfterAWhile() throws Exception {
    assertThat(isReadyAfterALook()).isFalse();
    SERVER
        .bean(Tenants.class)
        .create(tenant, "t" + Scope.hex(tenant.value()), "Acme", WantedPlacement.SCHEMA);
    assertThat(keys.ready(log, "cofferdam")).isEmpty();
    assertThat(looked.tryAcquire()).as("tried again too soon").isFalse();

    keys.look(log);
    assertThat(looked.tryAcquire()).isTrue();
    keys.settle();
    assertThat(isReadyAfterALook()).isTrue();
  }
}
